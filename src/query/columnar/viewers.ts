import type { Scope } from "../../domain/Scope.ts"
import type { Codes } from "./Rows.ts"

/** The people of a scope have the places from 1 on. Place 0 means that nobody is in scope. */
export interface Viewers {
  /** `codes[i]` is the code of the person at place `i + 1`. */
  readonly codes: ReadonlyArray<number>
  placeOf(code: number): number
  firstIn(list: Int32Array): number
  /** For each list of viewers, `firsts` has the place of its first viewer in scope. */
  firsts(): Int32Array
}

interface Scratch {
  firsts: Int32Array
  of: Viewers | undefined
}

const place = (firsts: Int32Array, lists: Int32Array, at: number) => {
  for (let index = 0; index < lists.length; index++) firsts[lists[index] ?? 0] = at
}

/** The first viewer is the owner if in scope, and otherwise the first assignee in the order of the scope. */
const placeFirsts = (scratch: Scratch, of: Viewers, { ownedBy, viewers: { containing, size } }: Codes) => {
  const { codes } = of
  if (scratch.firsts.length < size) scratch.firsts = new Int32Array(size * 2)
  const { firsts } = scratch
  scratch.of = of
  firsts.fill(0)
  for (let at = codes.length; at > 0; at--) place(firsts, containing(codes[at - 1] ?? 0), at)
  for (let at = codes.length; at > 0; at--) place(firsts, ownedBy(codes[at - 1] ?? 0), at)
}

const firstIn = (places: Int32Array, list: Int32Array): number => {
  const owner = places[list[0] ?? 0] ?? 0
  if (owner > 0) return owner
  let first = 0
  for (const code of list) {
    const place = places[code] ?? 0
    if (place > 0 && (first === 0 || place < first)) first = place
  }
  return first
}

const viewersOf = (codes: ReadonlyArray<number>, ofTable: Codes, scratch: Scratch): Viewers => {
  const places = new Int32Array(ofTable.people.texts.length)
  for (const [index, code] of codes.entries()) places[code] = index + 1
  const found: Viewers = {
    codes,
    placeOf: (code) => places[code] ?? 0,
    firstIn: (list) => firstIn(places, list),
    firsts: () => {
      if (scratch.of !== found) placeFirsts(scratch, found, ofTable)
      return scratch.firsts
    }
  }
  return found
}

const scratches = new WeakMap<Codes, Scratch>()

const scratchOf = (codes: Codes): Scratch => {
  const scratch = scratches.get(codes) ?? { firsts: new Int32Array(0), of: undefined }
  scratches.set(codes, scratch)
  return scratch
}

export type ViewersInScope = (codes: Codes) => Viewers

interface Known {
  readonly viewers: Viewers
  readonly lists: number
}

export const viewersInScope = (scope: Scope): ViewersInScope => {
  const userIds = scope.people.map(({ userId }) => userId)
  const known = new Map<Codes, Known>()
  return (codes) => {
    const lists = codes.viewers.size
    const found = known.get(codes)
    // Lists are never removed, so an equal number of lists means the same lists and people.
    if (found?.lists === lists) return found.viewers
    const viewers = viewersOf(codes.people.codesOf(userIds), codes, scratchOf(codes))
    known.set(codes, { viewers, lists })
    return viewers
  }
}
