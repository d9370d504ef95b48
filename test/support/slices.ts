import { maxWidgets } from "../../src/domain/Run.ts"

/** A run takes at most 50 widgets, and the catalog has more metrics. */
export const slicesOf = <A>(all: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from(
    { length: Math.ceil(all.length / maxWidgets) },
    (_, index) => all.slice(index * maxWidgets, (index + 1) * maxWidgets)
  )
