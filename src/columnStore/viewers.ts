import type { Scope } from "../domain/Scope.ts"
import type { Codes } from "./Rows.ts"

/** The people of a scope have the places from 1 on, and `nobody` has the place after them. Place 0 is out of scope. */
export interface Viewers {
  /** `codes[i]` is the code of the person at place `i + 1`. */
  readonly codes: ReadonlyArray<number>
  /** Undefined if rows that no member owns or is assigned to are out of scope. */
  readonly nobody: Nobody | undefined
  /** True if each row is in scope. */
  readonly isEverything: boolean
  placeOf(code: number): number
  firstIn(list: Int32Array): number
  /** For each list of viewers, `firsts` has the place of its first viewer in scope. */
  firsts(): Int32Array
}

interface Nobody {
  readonly place: number
  /** The codes of people who are no members. A row whose only viewer is one of them is nobody's. */
  readonly codes: ReadonlyArray<number>
}

const place = (firsts: Int32Array, lists: Int32Array, at: number) => {
  for (let index = 0; index < lists.length; index++) firsts[lists[index] ?? 0] = at
}

/** The first viewer is the owner if in scope, and otherwise the first assignee in the order of the scope. */
const placeFirsts = (of: Viewers, { ownedBy, scratch, viewers }: Codes, members: ReadonlyArray<number>) => {
  const { codes, nobody } = of
  const { containing, size } = viewers
  if (scratch.firsts.length < size) scratch.firsts = new Int32Array(size * 2)
  const { firsts } = scratch
  scratch.of = of
  firsts.fill(nobody?.place ?? 0)
  for (const code of members) place(firsts, containing(code), 0)
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

interface InScope {
  readonly people: ReadonlyArray<number>
  /** The codes of all members, if nobody's rows are in scope. */
  readonly members: ReadonlyArray<number> | undefined
}

const viewersOf = ({ members, people }: InScope, ofTable: Codes): Viewers => {
  const count = ofTable.people.texts.length
  const places = new Int32Array(count)
  for (const [index, code] of people.entries()) places[code] = index + 1
  const isMember = new Uint8Array(count)
  for (const code of members ?? []) isMember[code] = 1
  const others = Array.from(isMember.keys()).filter((code) => code > 0 && isMember[code] === 0)
  const nobody = members && { place: people.length + 1, codes: others }
  const found: Viewers = {
    codes: people,
    nobody,
    isEverything: members !== undefined && members.every((code) => (places[code] ?? 0) > 0),
    placeOf: (code) => places[code] ?? 0,
    firstIn: (list) => {
      const first = firstIn(places, list)
      return first > 0 || nobody === undefined || list.some((code) => isMember[code] === 1) ? first : nobody.place
    },
    firsts: () => {
      if (ofTable.scratch.of !== found) placeFirsts(found, ofTable, members ?? [])
      return ofTable.scratch.firsts
    }
  }
  return found
}

export type ViewersInScope = (codes: Codes) => Viewers

interface Known {
  readonly viewers: Viewers
  readonly lists: number
}

export const viewersInScope = ({ allMembers, people }: Scope): ViewersInScope => {
  const userIds = people.map(({ userId }) => userId)
  const known = new Map<Codes, Known>()
  return (codes) => {
    const lists = codes.viewers.size
    const found = known.get(codes)
    // Lists are never removed, so an equal number of lists means the same lists and people.
    if (found?.lists === lists) return found.viewers
    const inScope = { people: codes.people.codesOf(userIds), members: allMembers && codes.people.codesOf(allMembers) }
    const viewers = viewersOf(inScope, codes)
    known.set(codes, { viewers, lists })
    return viewers
  }
}
