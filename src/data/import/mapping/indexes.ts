import { Effect, Stream } from "effect"
import { contract, crmTables } from "../../../metrics/crm.ts"
import type { Field, Table } from "../../../metrics/Table.ts"
import { fieldsOf } from "../../writeTables.ts"
import type { Column, Entry, Mapping, Source } from "./Mapping.ts"
import { filesFor, type RawFile, rawRowsOf } from "./rawFiles.ts"
import { asSource, cellText, type Context, rowReader, textOf } from "./readColumn.ts"
import { asList, columnsOf, meets } from "./words.ts"

export const tableNamed = (name: string): Table | undefined => crmTables.find((table) => table.name === name)

export const sourcesIn = (column: Column): ReadonlyArray<Source> => asList(column).map(asSource)

/** The columns of an entry that its table has. */
export const columnsIn = ({ columns = {}, table }: Entry): ReadonlyArray<readonly [Field, Column]> => {
  const fields = fieldsOf(tableNamed(table) ?? contract.leads)
  return Object.entries(columns).flatMap(([name, column]) =>
    fields.filter((field) => field.column === name).map((field) => [field, column] as const)
  )
}

type Index = Map<string, string>
export type Indexes = ReadonlyMap<string, ReadonlyMap<string, string>>

export const indexKey = (source: Source): string => JSON.stringify(source)

const lookup = Effect.fnUntraced(function*(source: Source, files: ReadonlyArray<RawFile>, { read }: Mapping) {
  const found: Index = new Map()
  const [column = ""] = Object.keys(source.match ?? {})
  for (const file of filesFor(files, [source.lookup ?? ""])) {
    yield* Stream.runForEach(rawRowsOf(file, read), ({ get }) =>
      Effect.sync(() => {
        const key = get(column)
        if (key === "" || found.has(key) || !meets(get, source)) return
        const text = source.constant ?? textOf(get, source.from)
        if (text !== "") found.set(key, text)
      }))
  }
  return found
})

/** Times of this form are ordered as texts. */
const earliest = Effect.fnUntraced(
  function*(source: Source, files: ReadonlyArray<RawFile>, mapping: Mapping, contextOf: (file: RawFile) => Context) {
    const found: Index = new Map()
    const [table, at = ""] = (source.earliest ?? "").split(".")
    const needed = new Set([at, source.by ?? "", ...columnsOf(source.where)])
    for (const entry of mapping.tables.filter((one) => one.table === table)) {
      const columns = columnsIn(entry).filter(([field]) => needed.has(field.column))
      for (const file of filesFor(files, entry.files)) {
        const read = rowReader(columns, contextOf(file))
        yield* Stream.runForEach(rawRowsOf(file, mapping.read), ({ get }) =>
          Effect.sync(() => {
            if (!meets(get, entry)) return
            const cells = new Map(read(get).map((cell) => [cell.field.column, cellText(cell)]))
            const ours = (column: string) => cells.get(column) ?? ""
            const [key, time] = [ours(source.by ?? ""), ours(at)]
            if (key === "" || time === "" || !meets(ours, { where: source.where })) return
            const before = found.get(key)
            if (before === undefined || time < before) found.set(key, time)
          }))
      }
    }
    return found
  }
)

/** A file is read once for each lookup into it, before its rows are imported. */
export const indexesOf = Effect.fn("indexesOf")(
  function*(files: ReadonlyArray<RawFile>, mapping: Mapping, contextOf: (file: RawFile, indexes: Indexes) => Context) {
    const indexes = new Map<string, Index>()
    const sources = mapping.tables.flatMap((entry) => columnsIn(entry).flatMap(([, column]) => sourcesIn(column)))
    for (const source of sources.filter((one) => one.lookup !== undefined)) {
      const key = indexKey(source)
      if (!indexes.has(key)) indexes.set(key, yield* lookup(source, files, mapping))
    }
    const begun = mapping.tables.some(({ spells }) => spells !== undefined) ? [leadCreated] : []
    for (const source of [...sources.filter((one) => one.earliest !== undefined), ...begun]) {
      const key = indexKey(source)
      if (indexes.has(key)) continue
      indexes.set(key, yield* earliest(source, files, mapping, (file) => contextOf(file, indexes)))
    }
    return indexes
  }
)

/** The first stay of a lead begins then. */
export const leadCreated: Source = { earliest: "leads.created_at", by: "lead_id" }
