import type { Instant } from "../domain/Calendar.ts"
import type { Plan } from "./Plan.ts"

/** Describes one point of a series, or all of its points, as a plan with a single bucket. */
export interface Point extends Plan {
  /** Counts rows of these groups, or all rows if undefined. */
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

/** A page after the first starts after this record, and repeats the totals that the first page had. */
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
