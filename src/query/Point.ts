import type { Instant } from "../domain/Calendar.ts"
import type { Amounts } from "./AggregateRow.ts"
import type { Plan } from "./Plan.ts"

/** A `Point` is a plan with one bucket, for one point of a series or for all points. */
export interface Point extends Plan {
  readonly groups: ReadonlyArray<string | null> | undefined
  readonly currency: string | undefined
  /** For `~other`: digests of the keys of the groups that are shown, and not in `~other`. */
  readonly shown: ReadonlyArray<string>
}

export interface Position {
  readonly at: Instant
  readonly id: string
}

export interface Totals {
  readonly rows: number
  readonly numerator: bigint
  readonly denominator: bigint
}

/** `PageStart` is the last record of the previous page, with the totals of the first page. */
export interface PageStart extends Position {
  readonly totals: Totals | undefined
}

export type RecordPart = "records" | "totals"

export interface RecordQuery extends Point {
  readonly limit: number
  readonly after: PageStart | undefined
  /** Without `part`, the first page has records and totals. Later pages have only records. */
  readonly part?: RecordPart | undefined
}

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
