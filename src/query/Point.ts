import type { Instant } from "../domain/Calendar.ts"
import type { Plan } from "./Plan.ts"

/** A point of a series, or all of them: a plan whose one bucket is the time of the point. */
export interface Point extends Plan {
  /** The stored values that the point counts; all without them. */
  readonly groups: ReadonlyArray<string | null> | undefined
  /** Of a metric in one currency. */
  readonly currency: string | undefined
}

/** Where a page begins: after this record, newest first. */
export interface Position {
  readonly at: Instant
  readonly id: string
}

/** A page of the rows that a point counts. */
export interface RecordQuery extends Point {
  readonly limit: number
  readonly after: Position | undefined
}
