import type { Amounts } from "./AggregateRow.ts"
import type { Position, Totals } from "./Point.ts"

/** Numbers are text, in the units of `Cells` in `metrics/Table.ts`. */
export type StoredCell = string | null | ReadonlyArray<string>

export interface CountedRow extends Position, Amounts {
  /** `subject` is the id of the object that the CRM shows, such as the lead of a spell. */
  readonly subject: string
  readonly cells: ReadonlyArray<StoredCell>
  readonly labels: { readonly [id: string]: string }
}

export interface CountedPage {
  readonly rows: ReadonlyArray<CountedRow>
  readonly totals: Totals | undefined
}

/** Without this escape, two different keys could make the same id. */
export const idPart = (text: string): string => text.replaceAll("~", "~0").replaceAll("/", "~1")
