import type { Stored } from "./ColumnStore.ts"
import type { Lists } from "./Lists.ts"
import type { Order } from "./Order.ts"
import type { Reading } from "./Reading.ts"
import type { Tally } from "./Tally.ts"

/** Admits rows whose first viewer in scope has a place (see `Viewers`) from `least` to `most`. */
export interface FirstViewers {
  readonly firsts: Int32Array
  readonly least: number
  readonly most: number
}

/** Adds the entries from `start` to before `end` to the cells from `base` on. */
export type Add = (tally: Tally, start: number, end: number, base: number, firstViewers?: FirstViewers) => void

const chunk = 2048

/** Runs share this array, which is safe because counting never pauses. */
const classes = new Int32Array(chunk)

const classify = (kinds: Int32Array, ofKind: Int32Array, start: number, size: number) => {
  for (let index = 0; index < size; index++) classes[index] = ofKind[kinds[start + index] ?? 0] ?? 0
}

const classifyPast = (
  instants: Float64Array,
  asOf: number,
  kinds: Int32Array,
  ofPastKind: Int32Array,
  start: number,
  size: number
) => {
  for (let index = 0; index < size; index++) {
    if ((instants[start + index] ?? 0) < asOf) classes[index] = ofPastKind[kinds[start + index] ?? 0] ?? 0
  }
}

const keepTagged = (tagLists: Int32Array, isTagged: Uint8Array, start: number, size: number) => {
  for (let index = 0; index < size; index++) if (isTagged[tagLists[start + index] ?? 0] !== 1) classes[index] = 0
}

const keepAdmitted = (viewers: Int32Array, { firsts, least, most }: FirstViewers, start: number, size: number) => {
  for (let index = 0; index < size; index++) {
    const first = firsts[viewers[start + index] ?? 0] ?? 0
    if (first < least || first > most) classes[index] = 0
  }
}

const addCounts = (counts: Float64Array, base: number, size: number) => {
  for (let index = 0; index < size; index++) {
    const cell = base + (classes[index] ?? 0)
    counts[cell] = (counts[cell] ?? 0) + 1
  }
}

const addNumbers = (sums: Float64Array, base: number, numbers: Float64Array, start: number, size: number) => {
  for (let index = 0; index < size; index++) {
    const cell = base + (classes[index] ?? 0)
    sums[cell] = (sums[cell] ?? 0) + (numbers[start + index] ?? 0)
  }
}

const addTags = (
  counts: Float64Array,
  base: number,
  tags: number,
  tagLists: Int32Array,
  { members, starts }: Lists,
  start: number,
  size: number
) => {
  for (let index = 0; index < size; index++) {
    const first = (classes[index] ?? 0) * tags
    const list = first === 0 ? 0 : tagLists[start + index] ?? 0
    const end = starts[list + 1] ?? 0
    for (let place = starts[list] ?? 0; place < end; place++) {
      const cell = base + first + (members[place] ?? 0)
      counts[cell] = (counts[cell] ?? 0) + 1
    }
  }
}

const countKinds = (
  counts: Float64Array,
  base: number,
  kinds: Int32Array,
  ofKind: Int32Array,
  start: number,
  end: number
) => {
  for (let entry = start; entry < end; entry++) {
    const cell = base + (ofKind[kinds[entry] ?? 0] ?? 0)
    counts[cell] = (counts[cell] ?? 0) + 1
  }
}

const countAdmitted = (
  counts: Float64Array,
  base: number,
  kinds: Int32Array,
  ofKind: Int32Array,
  viewers: Int32Array,
  { firsts, least, most }: FirstViewers,
  start: number,
  end: number
) => {
  for (let entry = start; entry < end; entry++) {
    const first = firsts[viewers[entry] ?? 0] ?? 0
    const cell = base + (first >= least && first <= most ? ofKind[kinds[entry] ?? 0] ?? 0 : 0)
    counts[cell] = (counts[cell] ?? 0) + 1
  }
}

export const scanner = (
  { byTag, classes: { ofKind, ofPastKind }, isTagged, past, plan: { asOf }, tags }: Reading,
  { kinds, numbers, tagLists, viewers }: Order,
  { codes }: Stored
): Add => {
  const instants = past && numbers(past)
  const isPlain = instants === undefined && isTagged === undefined && !byTag
  const addChunk = (
    { counts, sums }: Tally,
    start: number,
    size: number,
    base: number,
    firstViewers: FirstViewers | undefined
  ) => {
    classify(kinds, ofKind, start, size)
    if (instants !== undefined) classifyPast(instants, asOf, kinds, ofPastKind, start, size)
    if (isTagged !== undefined) keepTagged(tagLists, isTagged, start, size)
    if (firstViewers !== undefined) keepAdmitted(viewers, firstViewers, start, size)
    if (byTag) return addTags(counts, base, tags, tagLists, codes.tagLists, start, size)
    addCounts(counts, base, size)
    for (const [quantity, values] of sums) addNumbers(values, base, numbers(quantity), start, size)
  }
  return (tally, start, end, base, firstViewers) => {
    if (isPlain && tally.sums.size === 0) {
      if (firstViewers === undefined) return countKinds(tally.counts, base, kinds, ofKind, start, end)
      return countAdmitted(tally.counts, base, kinds, ofKind, viewers, firstViewers, start, end)
    }
    for (let from = start; from < end; from += chunk) {
      addChunk(tally, from, Math.min(chunk, end - from), base, firstViewers)
    }
  }
}
