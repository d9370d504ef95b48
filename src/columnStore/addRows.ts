import { bucketOf } from "../query/bucketOf.ts"
import { pastBefore } from "../query/Plan.ts"
import type { Stored } from "./ColumnStore.ts"
import type { Reading } from "./Reading.ts"
import type { Rows } from "./Rows.ts"
import type { Tallies, Tally } from "./Tally.ts"
import type { Viewers } from "./viewers.ts"
import { columnOf, weightedCents } from "./weighted.ts"

export const addRows = (
  rows: Rows,
  { byPerson, byTag, buckets, classes: { ofKind, ofPastKind }, isTagged, past, plan, tags, weights, width }: Reading,
  { codes }: Stored,
  viewers: Viewers,
  { counted, firsts }: Tallies
) => {
  const { at } = plan.metric
  const times = at && rows.numbers(at)
  const instants = past && rows.numbers(past)
  const before = pastBefore(plan)
  const add = ({ counts, sums }: Tally, row: number, cell: number, found: number) => {
    const weight = rows.weights[row] ?? 0
    counts[cell] = (counts[cell] ?? 0) + weight
    for (const [quantity, values] of sums) {
      const number = rows.numbers(columnOf(quantity))[row] ?? 0
      const amount = quantity._tag === "Weighted" ? weightedCents(number, weights?.[found] ?? 0) : number
      values[cell] = (values[cell] ?? 0) + weight * amount
    }
  }
  const classOf = (row: number): number => {
    if (isTagged !== undefined && isTagged[rows.tagLists[row] ?? 0] !== 1) return 0
    const isPast = instants !== undefined && (instants[row] ?? Number.NaN) < before
    return (isPast ? ofPastKind : ofKind)[rows.kinds[row] ?? 0] ?? 0
  }
  const bucketAt = (row: number): number | undefined => {
    if (times === undefined) return 0
    const time = times[row] ?? Number.NaN
    return Number.isNaN(time) ? undefined : bucketOf(time, plan)
  }
  for (let row = 0; row < rows.size; row++) {
    const list = rows.viewers[row] ?? 0
    const first = viewers.firstIn(codes.viewers.at(list))
    const found = first === 0 ? 0 : classOf(row)
    const bucket = found === 0 ? undefined : bucketAt(row)
    if (bucket === undefined) continue
    const cellOf = (group: number) => (group * buckets + bucket) * width + found * tags
    if (byTag) {
      for (const tag of codes.tagLists.at(rows.tagLists[row] ?? 0)) add(counted, row, cellOf(0) + tag, found)
    } else if (byPerson) {
      if (first === viewers.nobody?.place) add(counted, row, cellOf(first - 1), found)
      else {for (const code of codes.viewers.at(list)) {
          const place = viewers.placeOf(code)
          if (place > 0) add(counted, row, cellOf(place - 1), found)
        }}
      if (firsts !== counted) add(firsts, row, cellOf(first - 1), found)
    } else add(counted, row, cellOf(0), found)
  }
}
