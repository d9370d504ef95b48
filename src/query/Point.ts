import type { Instant } from "../domain/Calendar.ts"
import type { Plan } from "./Plan.ts"

/** A plan with a single bucket, for one point of a series or all of them. */
export interface Point extends Plan {
  /** Counts all rows if undefined. */
  readonly groups: ReadonlyArray<string | null> | undefined
  readonly currency: string | undefined
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

/** The last record of the page before, with the totals of the first page. */
export interface PageStart extends Position {
  readonly totals: Totals | undefined
}

export type RecordPart = "records" | "totals"

export interface RecordQuery extends Point {
  readonly limit: number
  readonly after: PageStart | undefined
  /** If undefined, the first page has both parts. Later pages always have only records. */
  readonly part?: RecordPart | undefined
}
