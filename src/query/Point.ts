import type { Instant } from "../domain/Calendar.ts"
import type { Plan } from "./Plan.ts"

/** A point of a series, or all points: a plan with a single bucket. */
export interface Point extends Plan {
  /** The stored values that the point counts; all without them. */
  readonly groups: ReadonlyArray<string | null> | undefined
  /** Currency of a money metric. */
  readonly currency: string | undefined
}

/** Last record of the previous page, newest first. */
export interface Position {
  readonly at: Instant
  readonly id: string
}

/** A page of the rows that a point counts. */
export interface RecordQuery extends Point {
  readonly limit: number
  readonly after: Position | undefined
}
