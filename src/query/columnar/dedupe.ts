import { memoize } from "effect/Function"
import type { Scope } from "../../domain/Scope.ts"
import type { Plan } from "../Plan.ts"
import type { Columns } from "./Column.ts"
import { marked, type Sieve } from "./predicate.ts"

/** For each list, whoever of it stands first in scope. */
const firstIn = (lists: ReadonlyArray<ReadonlyArray<number>>, viewers: ReadonlyArray<number>, known: number) => {
  const places = new Int32Array(known).fill(viewers.length)
  for (const [place, code] of viewers.entries()) places[code] = place
  return Int32Array.from(lists, (list) => {
    let first = viewers.length
    for (const code of list) first = Math.min(first, places[code] ?? first)
    return viewers[first] ?? 0
  })
}

/** The widgets of a run share their scope. */
const foundFor = memoize((_scope: Scope) => new Map<Columns, Int32Array>())

/** Lists are only ever added: as many as before are the same ones. */
const firstInFor = (scope: Scope, columns: Columns, find: () => Int32Array, lists: number): Int32Array => {
  const found = foundFor(scope)
  const known = found.get(columns)
  if (known?.length === lists) return known
  const first = find()
  found.set(columns, first)
  return first
}

/** The rows that are here for the first of those in scope who see them: the owner, or else the first of those assigned. */
export const firsts = (
  { metric: { from: { seenBy: { assignees, owner } } }, scope }: Plan,
  columns: Columns,
  viewers: ReadonlyArray<number>
): Sieve | undefined => {
  if (viewers.length === 1 || assignees === undefined) return undefined
  const { seers } = columns
  const [owners, assigned] = [columns.codes(owner), columns.codes(assignees)]
  const known = columns.dictionary(owner).texts.length
  const lists = columns.lists(assignees).all
  const inScope = marked(viewers, known)
  const firstOf = firstInFor(scope, columns, () => firstIn(lists, viewers, known), lists.length)
  return (rows, size, marks) => {
    for (let place = 0; place < size; place++) {
      const row = rows[place] ?? 0
      const rowOwner = owners[row] ?? 0
      if (rowOwner === seers[row]) continue
      if (inScope[rowOwner] === 1 || firstOf[assigned[row] ?? 0] !== seers[row]) marks[place] = 0
    }
  }
}
