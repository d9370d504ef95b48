import { tags as tagsTable } from "../../metrics/crm.ts"
import type { Field } from "../../metrics/Table.ts"
import { bucketOf, partitionPoint } from "../bucketOf.ts"
import type { Plan } from "../Plan.ts"
import { makeBatches, makeScratch, type Scratch } from "./Batch.ts"
import { type ColumnTable, makeColumnTable } from "./ColumnTable.ts"
import { type Dictionary, makeDictionary, makeLabels } from "./Dictionary.ts"
import { projections } from "./projection.ts"

/** For each viewer, the entries that have a time, in the order of time. An entry is a row for one of its viewers. */
type SortedIndex = ReadonlyMap<number, Int32Array>

/** The first `sorted` entries are in order, later ones are not. */
export interface Rows {
  readonly columns: ColumnTable
  readonly sorted: number
  /** The key is a time column, or undefined for metrics without a time. */
  readonly indexes: ReadonlyMap<Field<"instant"> | undefined, SortedIndex>
}

export interface ColumnStore {
  readonly people: Dictionary
  tagLabel(id: string): string | undefined
  rowsOf(table: string): Rows | undefined
  readonly scratch: Scratch
  readonly size: number
  readonly unsorted: number
  /** The weight is 1 for an insert and -1 for a delete. If the result is false, the store must be discarded. */
  append(table: string, weight: number, image: ReadonlyArray<unknown>): boolean
  /** Each step takes milliseconds. Nothing may be appended until the last step. */
  sort(): Generator<void, void>
}

const sortByTime = (rows: Int32Array, instants: Float64Array): Int32Array => {
  const compare = (a: number, b: number) => (instants[a] ?? 0) - (instants[b] ?? 0)
  for (let index = 1; index < rows.length; index++) {
    if (compare(rows[index - 1] ?? 0, rows[index] ?? 0) > 0) return rows.sort(compare)
  }
  return rows
}

const groupByViewer = ({ size, viewers }: ColumnTable): { readonly rows: Int32Array; readonly index: SortedIndex } => {
  const counts = new Map<number, number>()
  for (let row = 0; row < size; row++) counts.set(viewers[row] ?? 0, (counts.get(viewers[row] ?? 0) ?? 0) + 1)
  const rows = new Int32Array(size)
  const next = new Map<number, number>()
  const index = new Map<number, Int32Array>()
  let start = 0
  for (const [viewer, count] of counts) {
    next.set(viewer, start)
    index.set(viewer, rows.subarray(start, start + count))
    start += count
  }
  for (let row = 0; row < size; row++) {
    const viewer = viewers[row] ?? 0
    const position = next.get(viewer) ?? 0
    rows[position] = row
    next.set(viewer, position + 1)
  }
  return { rows, index }
}

function* indexByTime(
  byViewer: SortedIndex,
  { numbers }: ColumnTable,
  at: Field<"instant"> | undefined
): Generator<void, SortedIndex> {
  if (at === undefined) return byViewer
  const instants = numbers(at)
  const index = new Map<number, Int32Array>()
  for (const [viewer, rows] of byViewer) {
    index.set(viewer, sortByTime(rows.filter((row) => !Number.isNaN(instants[row])), instants))
    yield
  }
  return index
}

/** Sorts by viewer and first time column, so that most time ranges are contiguous. */
function* sortRows(columns: ColumnTable, times: ReadonlyArray<Field<"instant"> | undefined>): Generator<void, Rows> {
  const [first] = times
  const grouped = groupByViewer(columns)
  if (first?.isNullable === false) {
    for (const [viewer, rows] of yield* indexByTime(grouped.index, columns, first)) {
      grouped.index.get(viewer)?.set(rows)
    }
  }
  yield* columns.rearrange(grouped.rows)
  const { index } = groupByViewer(columns)
  const indexes = new Map<Field<"instant"> | undefined, SortedIndex>()
  for (const at of times) indexes.set(at, yield* indexByTime(index, columns, at))
  return { columns, sorted: columns.size, indexes }
}

export const makeColumnStore = (): ColumnStore => {
  const people = makeDictionary()
  const tags = makeLabels()
  const tables = new Map<string, Rows>()
  for (const [table, { fields, population }] of projections) {
    tables.set(table, { columns: makeColumnTable(fields, population.seenBy, people), sorted: 0, indexes: new Map() })
  }

  const append = (table: string, weight: number, image: ReadonlyArray<unknown>) => {
    if (table !== tagsTable.name) return tables.get(table)?.columns.append(weight, image) ?? false
    const [id, name] = image.map(String)
    if (id === undefined || name === undefined) return false
    tags.append(weight, id, name)
    return true
  }

  function* sort() {
    for (const [table, { columns }] of tables) {
      tables.set(table, yield* sortRows(columns, projections.get(table)?.times ?? []))
    }
  }

  return {
    people,
    tagLabel: tags.labelOf,
    rowsOf: (table) => tables.get(table),
    scratch: makeScratch(),
    get size() {
      return [...tables.values()].reduce((sum, { columns }) => sum + columns.size, 0)
    },
    get unsorted() {
      return [...tables.values()].reduce((sum, { columns, sorted }) => sum + columns.size - sorted, 0)
    },
    append,
    sort
  }
}

export const scan = (
  plan: Plan,
  { columns, indexes, sorted }: Rows,
  inScope: ReadonlyArray<number>,
  { batch }: Scratch,
  aggregate: () => void
): void => {
  const { boundaries, gapBucket, hasLowerBound, metric: { at } } = plan
  const { add, addOne, flush } = makeBatches(batch, aggregate)
  const instants = at && columns.numbers(at)
  const firstBucket = hasLowerBound ? 1 : 0

  for (const viewer of inScope) {
    const rows = indexes.get(at)?.get(viewer)
    if (rows === undefined) continue
    if (instants === undefined) {
      add(rows, 0)
      continue
    }
    const firstAt = (boundary: number, start: number) => {
      const instant = boundaries[boundary] ?? Infinity
      return partitionPoint(start, rows.length, (index) => (instants[rows[index] ?? 0] ?? 0) < instant)
    }
    let start = hasLowerBound ? firstAt(0, 0) : 0
    for (let bucket = firstBucket; bucket < boundaries.length && start < rows.length; bucket++) {
      const end = firstAt(bucket, start)
      if (bucket !== gapBucket && end > start) add(rows.subarray(start, end), bucket)
      start = end
    }
  }

  const { size, viewers } = columns
  const scope = new Set(inScope)
  for (let row = sorted; row < size; row++) {
    const instant = instants === undefined ? 0 : instants[row] ?? Number.NaN
    if (Number.isNaN(instant) || !scope.has(viewers[row] ?? 0)) continue
    const bucket = instants === undefined ? 0 : bucketOf(instant, plan)
    if (bucket !== undefined) addOne(row, bucket)
  }
  flush()
}
