import type { Scope } from "../../domain/Scope.ts"
import type { Predicate } from "../../metrics/Measure.ts"
import type { Filter } from "../Filters.ts"
import type { Plan } from "../Plan.ts"
import { batchSize } from "./Batch.ts"
import type { ColumnTable } from "./ColumnTable.ts"
import type { Dictionary } from "./Dictionary.ts"

export type BatchFilter = (rows: Int32Array, size: number, selection: Uint8Array) => void

const all = (filters: ReadonlyArray<BatchFilter>): BatchFilter => (rows, size, selection) => {
  for (const filter of filters) filter(rows, size, selection)
}

const not = (filter: BatchFilter): BatchFilter => {
  const matches = new Uint8Array(batchSize)
  return (rows, size, selection) => {
    matches.fill(1, 0, size)
    filter(rows, size, matches)
    for (let index = 0; index < size; index++) if (matches[index] === 1) selection[index] = 0
  }
}

const is = (codes: Int32Array, code: number): BatchFilter => (rows, size, selection) => {
  for (let index = 0; index < size; index++) if (codes[rows[index] ?? 0] !== code) selection[index] = 0
}

const isAnyOf = (codes: Int32Array, matching: ReadonlyArray<number>, codeCount: number): BatchFilter => {
  const [only, ...others] = matching
  if (only !== undefined && others.length === 0) return is(codes, only)
  const matches = bitmapOf(matching, codeCount)
  return (rows, size, selection) => {
    for (let index = 0; index < size; index++) if (matches[codes[rows[index] ?? 0] ?? 0] !== 1) selection[index] = 0
  }
}

const isMissing = (numbers: Float64Array): BatchFilter => (rows, size, selection) => {
  for (let index = 0; index < size; index++) if (!Number.isNaN(numbers[rows[index] ?? 0])) selection[index] = 0
}

const isBefore = (instants: Float64Array, instant: number): BatchFilter => (rows, size, selection) => {
  for (let index = 0; index < size; index++) if (!((instants[rows[index] ?? 0] ?? 0) < instant)) selection[index] = 0
}

const bitmapOf = (codes: ReadonlyArray<number>, codeCount: number): Uint8Array => {
  const bitmap = new Uint8Array(codeCount)
  for (const code of codes) bitmap[code] = 1
  return bitmap
}

export const predicate = (of: Predicate, columns: ColumnTable, plan: Plan): BatchFilter => {
  switch (of._tag) {
    case "IsAnyOf": {
      const { codesOf, texts } = columns.dictionary(of.field)
      return isAnyOf(columns.codes(of.field), codesOf(of.values), texts.length)
    }
    case "Missing":
      return of.field.kind === "text" ? is(columns.codes(of.field), 0) : isMissing(columns.numbers(of.field))
    case "Past":
      return isBefore(columns.numbers(of.field), plan.asOf)
    case "Not":
      return not(predicate(of.of, columns, plan))
    case "All":
      return all(of.of.map((part) => predicate(part, columns, plan)))
  }
}

const planFilter = ({ field, orNone, values }: Filter, columns: ColumnTable): BatchFilter => {
  const { codesOf, texts } = columns.dictionary(field)
  const valueCodes = codesOf(values)
  const codes = columns.codes(field)
  if (field.kind === "text") return isAnyOf(codes, orNone ? [0, ...valueCodes] : valueCodes, texts.length)
  const { lists } = columns.lists(field)
  const wanted = new Set(valueCodes)
  const matching = [...lists.keys()].filter((listCode) => lists[listCode]?.some((code) => wanted.has(code)))
  return isAnyOf(codes, matching, lists.length)
}

export const populationFilter = (plan: Plan, columns: ColumnTable): BatchFilter | undefined => {
  const { filters: { applied }, metric: { where } } = plan
  if (where === undefined && applied.length === 0) return undefined
  return all([
    ...(where === undefined ? [] : [predicate(where, columns, plan)]),
    ...applied.map((filter) => planFilter(filter, columns))
  ])
}

type Lists = ReadonlyArray<ReadonlyArray<number>>

export interface Viewers {
  readonly codesIn: (people: Dictionary) => ReadonlyArray<number>
  /** Returns for each list the code of its first viewer in scope, or 0 if it has none. */
  readonly firstOfEach: (lists: Lists, people: Dictionary) => Int32Array
}

const firstOfEach = (lists: Lists, codes: ReadonlyArray<number>, people: Dictionary): Int32Array => {
  const ranks = new Int32Array(people.texts.length).fill(codes.length)
  for (const [rank, code] of codes.entries()) ranks[code] = rank
  return Int32Array.from(lists, (list) => {
    let first = codes.length
    for (const code of list) first = Math.min(first, ranks[code] ?? first)
    return codes[first] ?? 0
  })
}

export const viewersInScope = ({ people: inScope }: Scope): Viewers => {
  const userIds = inScope.map(({ userId }) => userId)
  const codesIn = ({ codesOf }: Dictionary) => codesOf(userIds)
  const cached = new Map<Lists, Int32Array>()
  return {
    codesIn,
    firstOfEach: (lists, people) => {
      const first = cached.get(lists)
      // Lists are only added, so the same number of lists means the same lists.
      if (first?.length === lists.length) return first
      const computed = firstOfEach(lists, codesIn(people), people)
      cached.set(lists, computed)
      return computed
    }
  }
}

/** Selects one entry per row: that of the owner if in scope, otherwise that of the first assignee in scope. */
export const dedupe = (
  { metric: { from: { seenBy: { assignees, owner } } } }: Plan,
  columns: ColumnTable,
  viewers: Viewers
): BatchFilter | undefined => {
  const people = columns.dictionary(owner)
  const inScope = viewers.codesIn(people)
  if (inScope.length === 1 || assignees === undefined) return undefined
  const { viewers: viewerOf } = columns
  const [owners, assigned] = [columns.codes(owner), columns.codes(assignees)]
  const isInScope = bitmapOf(inScope, people.texts.length)
  const firstAssignee = viewers.firstOfEach(columns.lists(assignees).lists, people)
  return (rows, size, selection) => {
    for (let index = 0; index < size; index++) {
      const row = rows[index] ?? 0
      const rowOwner = owners[row] ?? 0
      if (rowOwner === viewerOf[row]) continue
      if (isInScope[rowOwner] === 1 || firstAssignee[assigned[row] ?? 0] !== viewerOf[row]) selection[index] = 0
    }
  }
}
