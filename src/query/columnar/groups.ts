import type { Part } from "../../metrics/Metric.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { batchSize } from "./Batch.ts"
import type { ColumnStore } from "./ColumnStore.ts"
import type { ColumnTable } from "./ColumnTable.ts"
import { predicate } from "./predicate.ts"

/** `isFirst` marks the group in which a row counts toward the dominant currency. */
type Add = (index: number, group: number, isFirst: boolean) => void

type AddEach = (rows: Int32Array, size: number, firsts: Uint8Array, add: Add) => void

interface Groups {
  readonly codeCount: number
  readonly addEach: AddEach
  /** If true, a shared row counts once for each viewer. */
  readonly isByViewer: boolean
  readonly nameOf: (group: number) => Pick<AggregateRow, "group" | "label">
}

type Texts = ReadonlyArray<string | null>

const ungrouped: AddEach = (_rows, size, _firsts, add) => {
  for (let index = 0; index < size; index++) add(index, 0, true)
}

const byCode = (codes: Int32Array): AddEach => (rows, size, firsts, add) => {
  for (let index = 0; index < size; index++) add(index, codes[rows[index] ?? 0] ?? 0, firsts[index] === 1)
}

const byList =
  (listCodes: Int32Array, lists: ReadonlyArray<ReadonlyArray<number>>): AddEach => (rows, size, _firsts, add) => {
    const [empty = []] = lists
    for (let index = 0; index < size; index++) {
      const list = lists[listCodes[rows[index] ?? 0] ?? 0] ?? empty
      for (let position = 0; position < list.length; position++) add(index, list[position] ?? 0, position === 0)
    }
  }

/** Parts are numbered from 1, and 0 means no part. */
const byPart = (parts: ReadonlyArray<Part>, columns: ColumnTable, plan: Plan): AddEach => {
  const filters = parts.map(({ where }) => where && predicate(where, columns, plan))
  const [selection, partOf] = [new Uint8Array(batchSize), new Int32Array(batchSize)]
  return (rows, size, _firsts, add) => {
    partOf.fill(0, 0, size)
    for (const [part, filter] of filters.entries()) {
      if (filter === undefined) continue
      selection.fill(1, 0, size)
      filter(rows, size, selection)
      for (let index = 0; index < size; index++) {
        if (selection[index] === 1 && partOf[index] === 0) partOf[index] = part + 1
      }
    }
    for (let index = 0; index < size; index++) add(index, partOf[index] ?? 0, true)
  }
}

const named = (texts: Texts, addEach: AddEach): Groups => ({
  codeCount: texts.length,
  addEach,
  isByViewer: false,
  nameOf: (group) => ({ group: texts[group] ?? null, label: null })
})

export const groupsOf = (plan: Plan, columns: ColumnTable, { people, tagLabel }: ColumnStore): Groups => {
  const { groupBy } = plan
  switch (groupBy._tag) {
    case "Nothing":
      return named([null], ungrouped)
    case "Parts":
      return named([null, ...groupBy.parts.map(({ key }) => key)], byPart(groupBy.parts, columns, plan))
    case "Dimension": {
      const { dimension } = groupBy
      if (dimension._tag === "Person") return { ...named(people.texts, byCode(columns.viewers)), isByViewer: true }
      const { texts } = columns.dictionary(dimension)
      const codes = columns.codes(dimension)
      if (dimension.kind === "text") return named(texts, byCode(codes))
      return {
        ...named(texts, byList(codes, columns.lists(dimension).lists)),
        nameOf: (code) => {
          const group = texts[code] ?? null
          return { group, label: tagLabel(group ?? "") ?? null }
        }
      }
    }
  }
}
