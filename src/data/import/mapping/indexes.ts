import { Effect, Stream } from "effect"
import { contract, crmTables } from "../../../metrics/crm.ts"
import type { Field, Table } from "../../../metrics/Table.ts"
import { fieldsOf } from "../../writeTables.ts"
import type { Column, Entry, Mapping, Source } from "./Mapping.ts"
import { columnIndexIn, filesFor, type RawFile, rawRowsOf } from "./rawFiles.ts"
import { asSource, cellText, type Context, isIndexed, rowReader, textOf } from "./readColumn.ts"
import { instantOf } from "./times.ts"
import { asList, columnsOf, folded, meets } from "./words.ts"

export const tableNamed = (name: string): Table | undefined => crmTables.find((table) => table.name === name)

export const sourcesIn = (column: Column): ReadonlyArray<Source> => asList(column).map(asSource)

/** The columns of an entry that its table has. */
export const columnsIn = ({ columns = {}, table }: Entry): ReadonlyArray<readonly [Field, Column]> => {
  const fields = fieldsOf(tableNamed(table) ?? contract.leads)
  return Object.entries(columns).flatMap(([name, column]) =>
    fields.filter((field) => field.column === name).map((field) => [field, column] as const)
  )
}

const hasOne = (file: RawFile, from: Source["from"]): boolean => {
  const header = columnIndexIn(file)
  return asList(from).some((one) => asList(one).some((name) => header.has(folded(name))))
}

export const fromFile = (column: Column) =>
  sourcesIn(column).filter(({ from, lookup }) => from !== undefined && lookup === undefined)

export const hasFrom = (file: RawFile, column: Column): boolean =>
  fromFile(column).some(({ from }) => hasOne(file, from))

/** Returns the sources of a column whose files are absent. */
export const absentIn = (column: Column, { found }: Context) =>
  sourcesIn(column).filter((source) => isIndexed(source) && found(source) === undefined)

/**
 * A column may also have a source that needs no column of the file. A column that is looked up in an absent file is not
 * written, because its stored values would be lost.
 */
export const isThere = (file: RawFile, column: Column, context: Context): boolean =>
  absentIn(column, context).length === 0 &&
  sourcesIn(column).every(({ match = {} }) => Object.values(match).every((name) => hasOne(file, name))) &&
  (hasFrom(file, column) || fromFile(column).length < sourcesIn(column).length)

/** The columns of ours that a column depends on. They stand before it. */
export const neededBy = (column: Column): ReadonlyArray<string> =>
  sourcesIn(column).flatMap(({ by, earliest, when = {} }) => [
    ...Object.keys(when),
    ...(earliest === undefined ? [] : asList(by))
  ])

/** The named columns of an entry, and those that they depend on. */
const neededIn = (entry: Entry, names: ReadonlyArray<string>) => {
  const all = columnsIn(entry)
  const needed = new Set(names)
  for (const [field, column] of all.toReversed()) {
    if (needed.has(field.column)) neededBy(column).forEach((name) => needed.add(name))
  }
  return all.filter(([field]) => needed.has(field.column))
}

const ofEarliest = ({ earliest }: Source, { tables }: Mapping) =>
  tables.filter(({ table }) => table === earliest?.split(".")[0])

/** The names of the files that a source looks into. */
export const lookedUpIn = (source: Source, mapping: Mapping): ReadonlyArray<string> =>
  source.lookup === undefined ? ofEarliest(source, mapping).flatMap(({ files }) => files) : [source.lookup]

type Index = Map<string, string>
export type Indexes = ReadonlyMap<string, ReadonlyMap<string, string>>

export const indexKey = (source: Source): string => JSON.stringify(source)

const lookup = Effect.fnUntraced(function*(source: Source, files: ReadonlyArray<RawFile>, { read }: Mapping) {
  const found: Index = new Map()
  const [column = ""] = Object.keys(source.match ?? {})
  const there = filesFor(files, [source.lookup ?? ""]).filter((file) =>
    hasOne(file, column) && (source.constant !== undefined || hasOne(file, source.from))
  )
  for (const file of there) {
    yield* Stream.runForEach(rawRowsOf(file, read), ({ get }) =>
      Effect.sync(() => {
        const key = get(column)
        if (key === "" || found.has(key) || !meets(get, source)) return
        const text = source.constant ?? textOf(get, source.from)
        if (text !== "") found.set(key, text)
      }))
  }
  return there.length === 0 ? undefined : found
})

const earliest = Effect.fnUntraced(
  function*(source: Source, files: ReadonlyArray<RawFile>, mapping: Mapping, contextOf: (file: RawFile) => Context) {
    const found: Index = new Map()
    const [, at = ""] = (source.earliest ?? "").split(".")
    let isFound = false
    for (const entry of ofEarliest(source, mapping)) {
      const columns = neededIn(entry, [at, source.by ?? "", ...columnsOf(source.where)])
      for (const file of filesFor(files, entry.files)) {
        const context = contextOf(file)
        if (!columns.every(([, column]) => isThere(file, column, context))) continue
        isFound = true
        const read = rowReader(columns, context)
        yield* Stream.runForEach(rawRowsOf(file, mapping.read), ({ get }) =>
          Effect.sync(() => {
            if (!meets(get, entry)) return
            const cells = new Map(read(get).map((cell) => [cell.field.column, cellText(cell)]))
            const ours = (column: string) => cells.get(column) ?? ""
            const [key, time] = [ours(source.by ?? ""), ours(at)]
            if (key === "" || time === "" || !meets(ours, { where: source.where })) return
            const before = found.get(key)
            const isEarlier = before === undefined || instantOf(time, context.zone) < instantOf(before, context.zone)
            if (isEarlier) found.set(key, time)
          }))
      }
    }
    return isFound ? found : undefined
  }
)

/** A file is read once for each lookup into it, before its rows are imported. */
export const indexesOf = Effect.fn("indexesOf")(
  function*(files: ReadonlyArray<RawFile>, mapping: Mapping, contextOf: (file: RawFile, indexes: Indexes) => Context) {
    const indexes = new Map<string, Index>()
    const sources = mapping.tables.flatMap((entry) => columnsIn(entry).flatMap(([, column]) => sourcesIn(column)))
    for (const source of sources.filter((one) => one.lookup !== undefined)) {
      const key = indexKey(source)
      if (indexes.has(key)) continue
      const found = yield* lookup(source, files, mapping)
      if (found !== undefined) indexes.set(key, found)
    }
    const begun = mapping.tables.some(({ spells }) => spells !== undefined) ? [leadCreated] : []
    for (const source of [...sources.filter((one) => one.earliest !== undefined), ...begun]) {
      const key = indexKey(source)
      if (indexes.has(key)) continue
      const found = yield* earliest(source, files, mapping, (file) => contextOf(file, indexes))
      if (found !== undefined) indexes.set(key, found)
    }
    return indexes
  }
)

/** The first stay of a lead begins then. */
export const leadCreated: Source = { earliest: "leads.created_at", by: "lead_id" }
