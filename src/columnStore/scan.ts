import { pastBefore } from "../query/Plan.ts"
import type { Stored } from "./ColumnStore.ts"
import type { Lists } from "./Dictionary.ts"
import type { Order } from "./Order.ts"
import type { Reading } from "./Reading.ts"
import { type Add, columnOf, type FirstViewers, type Tally, weightedCents } from "./Tally.ts"

const classify = (classes: Int32Array, kinds: Int32Array, ofKind: Int32Array, start: number, size: number) => {
  for (let index = 0; index < size; index++) classes[index] = ofKind[kinds[start + index] ?? 0] ?? 0
}

const classifyPast = (
  classes: Int32Array,
  instants: Float64Array,
  before: number,
  kinds: Int32Array,
  ofPastKind: Int32Array,
  start: number,
  size: number
) => {
  for (let index = 0; index < size; index++) {
    if ((instants[start + index] ?? 0) < before) classes[index] = ofPastKind[kinds[start + index] ?? 0] ?? 0
  }
}

const keepTagged = (classes: Int32Array, tagLists: Int32Array, isTagged: Uint8Array, start: number, size: number) => {
  for (let index = 0; index < size; index++) if (isTagged[tagLists[start + index] ?? 0] !== 1) classes[index] = 0
}

const keepAdmitted = (
  classes: Int32Array,
  viewers: Int32Array,
  { firsts, least, most }: FirstViewers,
  start: number,
  size: number
) => {
  for (let index = 0; index < size; index++) {
    const first = firsts[viewers[start + index] ?? 0] ?? 0
    if (first < least || first > most) classes[index] = 0
  }
}

const addCounts = (classes: Int32Array, counts: Float64Array, base: number, size: number) => {
  for (let index = 0; index < size; index++) {
    const cell = base + (classes[index] ?? 0)
    counts[cell] = (counts[cell] ?? 0) + 1
  }
}

const addNumbers = (
  classes: Int32Array,
  sums: Float64Array,
  base: number,
  numbers: Float64Array,
  start: number,
  size: number
) => {
  for (let index = 0; index < size; index++) {
    const cell = base + (classes[index] ?? 0)
    sums[cell] = (sums[cell] ?? 0) + (numbers[start + index] ?? 0)
  }
}

const addWeighted = (
  classes: Int32Array,
  sums: Float64Array,
  base: number,
  numbers: Float64Array,
  weights: Float64Array,
  start: number,
  size: number
) => {
  for (let index = 0; index < size; index++) {
    const found = classes[index] ?? 0
    sums[base + found] = (sums[base + found] ?? 0) + weightedCents(numbers[start + index] ?? 0, weights[found] ?? 0)
  }
}

const addTags = (
  classes: Int32Array,
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
  { byTag, classes: { ofKind, ofPastKind }, isTagged, past, plan, tags, weights }: Reading,
  { kinds, numbers, tagLists, viewers }: Order,
  { codes, scratch }: Stored
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
    classify(scratch, kinds, ofKind, start, size)
    if (instants !== undefined) classifyPast(scratch, instants, pastBefore(plan), kinds, ofPastKind, start, size)
    if (isTagged !== undefined) keepTagged(scratch, tagLists, isTagged, start, size)
    if (firstViewers !== undefined) keepAdmitted(scratch, viewers, firstViewers, start, size)
    if (byTag) return addTags(scratch, counts, base, tags, tagLists, codes.tagLists, start, size)
    addCounts(scratch, counts, base, size)
    for (const [quantity, values] of sums) {
      const column = numbers(columnOf(quantity))
      if (quantity._tag !== "Weighted" || weights === undefined) addNumbers(scratch, values, base, column, start, size)
      else addWeighted(scratch, values, base, column, weights, start, size)
    }
  }
  return (tally, start, end, base, firstViewers) => {
    if (isPlain && tally.sums.size === 0) {
      if (firstViewers === undefined) return countKinds(tally.counts, base, kinds, ofKind, start, end)
      return countAdmitted(tally.counts, base, kinds, ofKind, viewers, firstViewers, start, end)
    }
    for (let from = start; from < end; from += scratch.length) {
      addChunk(tally, from, Math.min(scratch.length, end - from), base, firstViewers)
    }
  }
}
