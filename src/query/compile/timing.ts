import type { Plan } from "../Plan.ts"
import type { Places } from "./Statement.ts"

/** When rows are counted, and which bucket each of them is in. */
export interface Timing {
  /** Stretches of time `b`, one after the other; none where one question is enough. */
  readonly each: string | undefined
  readonly bucket: string
  /** All rows that are read together are of one bucket. */
  readonly isOneBucket: boolean
  readonly during: ReadonlyArray<string>
}

/** From the first edge on, or from ever, to the last. */
export const between = (at: string, { edges, isOpen }: Plan, places: Places): ReadonlyArray<string> => {
  const first = edges[0]
  const last = edges.at(-1)
  return [
    ...(isOpen || first === undefined ? [] : [`${at} >= ${places.instant(first)}`]),
    ...(last === undefined ? [] : [`${at} < ${places.instant(last)}`])
  ]
}

/** The window before and this one are two stretches, so that nothing between them is read and no row is told apart. */
const compared = (at: string, { current, edges, previous }: Plan, places: Places): Timing => {
  const buckets = [previous, current]
  const edgesAt = (offset: number) => places.instants(buckets.flatMap((bucket) => edges[bucket + offset] ?? []))
  return {
    each: `unnest(${places.integers(buckets)}, ${edgesAt(-1)}, ${edgesAt(0)}) AS b(bucket, "from", "to")`,
    bucket: "b.bucket",
    isOneBucket: true,
    during: [`${at} >= b."from"`, `${at} < b."to"`]
  }
}

/** When the moments `at` are counted; none for the state now. */
export const timingOf = (at: string | undefined, plan: Plan, places: Places): Timing => {
  const { edges, isOpen, previous } = plan
  const one = { each: undefined, bucket: isOpen ? "0" : "1", isOneBucket: true }
  if (at === undefined) return { ...one, during: [] }
  if (previous > 0) return compared(at, plan, places)
  const during = between(at, plan, places)
  if (edges.length < (isOpen ? 2 : 3)) return { ...one, during }
  return { each: undefined, bucket: `width_bucket(${at}, ${places.instants(edges)})`, isOneBucket: false, during }
}
