import type { Plan } from "../Plan.ts"
import type { Places } from "./Statement.ts"
import type { Form } from "./StatementShape.ts"

/** When rows are counted, and which bucket each of them is in. */
interface Timing {
  /** Stretches of time `b`, one after the other; none where one question is enough. */
  readonly each: string | undefined
  readonly bucket: string
  /** All rows that are read together are of one bucket. */
  readonly isOneBucket: boolean
  readonly during: ReadonlyArray<string>
}

/** A plan without edges counts nothing. */
export const firstEdge = ({ asOf, edges }: Plan): number => edges[0] ?? asOf
export const lastEdge = ({ asOf, edges }: Plan): number => edges.at(-1) ?? asOf

/** From the first edge on, or from ever, to the last. */
export const between = (at: string, { isOpen }: Form, places: Places): ReadonlyArray<string> => [
  ...(isOpen ? [] : [`${at} >= ${places.instant(firstEdge)}`]),
  `${at} < ${places.instant(lastEdge)}`
]

/** The window before and this one are two stretches, so that nothing between them is read and no row is told apart. */
const compared = (at: string, places: Places): Timing => {
  const buckets = ({ current, previous }: Plan) => [previous, current]
  const edgesAt = (offset: number) =>
    places.instants((plan) => buckets(plan).map((bucket) => plan.edges[bucket + offset] ?? plan.asOf))
  return {
    each: `unnest(${places.integers(buckets)}, ${edgesAt(-1)}, ${edgesAt(0)}) AS b(bucket, "from", "to")`,
    bucket: "b.bucket",
    isOneBucket: true,
    during: [`${at} >= b."from"`, `${at} < b."to"`]
  }
}

/** When the moments `at` are counted; none for the state now. */
export const timingOf = (at: string | undefined, form: Form, places: Places): Timing => {
  const one = { each: undefined, bucket: form.isOpen ? "0" : "1", isOneBucket: true }
  if (at === undefined) return { ...one, during: [] }
  if (form.buckets === "compared") return compared(at, places)
  const during = between(at, form, places)
  if (form.buckets === "one") return { ...one, during }
  return {
    each: undefined,
    bucket: `width_bucket(${at}, ${places.instants(({ edges }) => edges)})`,
    isOneBucket: false,
    during
  }
}
