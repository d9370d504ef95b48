import type { ComparedCard } from "../presentation/compared.ts"
import type { Document } from "./Document.ts"

/** The comparison of a snapshot with another snapshot, or with the numbers of now. It becomes a CSV or a PDF file. */
export interface ComparisonDocument
  extends Pick<Document, "title" | "scope" | "filters" | "tagNames" | "timeZone" | "locale">
{
  /** The time of the snapshot. */
  readonly createdAt: string
  /** The time of the other side. */
  readonly asOf: string
  readonly isWithNow: boolean
  readonly cards: ReadonlyArray<ComparedCard>
}

export const isComparison = (document: object): document is ComparisonDocument => "isWithNow" in document
