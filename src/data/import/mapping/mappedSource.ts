import { Effect, Result, Stream } from "effect"
import type { Field, Table } from "../../../metrics/Table.ts"
import { isRequired } from "../header.ts"
import type { Fault } from "../ImportRefused.ts"
import { type Row, rowsOf } from "../rows.ts"
import type { Source } from "../Source.ts"
import { columnsIn, sourcesIn } from "./indexes.ts"
import type { Column, Entry } from "./Mapping.ts"
import type { Preview } from "./Preview.ts"
import { columnIndexIn, type RawFile, rawRowsOf } from "./rawFiles.ts"
import { type Cell, cellText, type Context, rowReader } from "./readColumn.ts"
import { asList, columnsOf, folded, meets } from "./words.ts"

/** The columns of the file that a column of ours may be read from. */
export const theirColumns = (column: Column): ReadonlyArray<string> =>
  sourcesIn(column).flatMap((source) => [
    ...(source.lookup === undefined ? asList(source.from).flatMap((one) => asList(one)) : []),
    ...(source.lookup === undefined && source.earliest === undefined ? columnsOf(source.where, source.unless) : []),
    ...Object.values(source.match ?? {})
  ])

type Header = ReadonlyMap<string, number>

const fromFile = (column: Column) =>
  sourcesIn(column).filter(({ from, lookup }) => from !== undefined && lookup === undefined)

const hasFrom = (header: Header, column: Column): boolean =>
  fromFile(column).some(({ from }) => asList(from).some((one) => asList(one).some((name) => header.has(folded(name)))))

/** A column may also have a source that needs no column of the file. */
const isThere = (header: Header, column: Column): boolean =>
  hasFrom(header, column) || fromFile(column).length < sourcesIn(column).length

const headerFaults = (file: RawFile, columns: ReadonlyArray<readonly [Field, Column]>) => {
  const header = columnIndexIn(file)
  const read = columns.filter(([, column]) => fromFile(column).length > 0)
  const found = read.filter(([, column]) => hasFrom(header, column))
  if (found.length * 2 < read.length) {
    return [{
      place: `${file.path}:1`,
      reason: `${found.length} of ${read.length} columns of the mapping are in this file, which may be in another ` +
        "language: export it in English, or let npm run import -- --guess FOLDER > mapping.json write a mapping"
    }]
  }
  const needed = columns.filter(([field]) => isRequired(field))
  return needed.filter(([, column]) => !isThere(header, column)).map(([{ column: ours }, column]): Fault => ({
    place: `${file.path}:1 ${ours}`,
    reason: `this column is read from ${theirColumns(column).map((one) => JSON.stringify(one)).join(" or ")}, ` +
      "which is not in the file"
  }))
}

const faultsOf = (path: string, line: number, cells: ReadonlyArray<Cell>): ReadonlyArray<Fault> =>
  cells.flatMap(({ field, value }) => {
    if (Result.isSuccess(value)) return []
    const { reason, said } = value.failure
    return [{ place: `${path}:${line} ${field.column}`, kind: reason, reason: `${JSON.stringify(said)} ${reason}` }]
  })

/** Reads the rows of a file that an entry of a mapping means, as rows of a table of ours. */
export const mappedSource = (
  entry: Entry,
  table: Table,
  file: RawFile,
  { context, organizationId, preview }: {
    readonly context: Context
    readonly organizationId: string
    readonly preview: Preview
  }
): Source => {
  const organization = table.fields["organizationId"]
  const open: Source["open"] = (onRead) => {
    const all = columnsIn(entry)
    const faults = headerFaults(file, all)
    if (faults.length > 0) return Effect.fail(faults)
    const columns = all.filter(([, column]) => isThere(columnIndexIn(file), column))
    const fields = [...(organization === undefined ? [] : [organization]), ...columns.map(([field]) => field)]
    const read = rowReader(columns, context)
    const check = rowsOf(file.path, fields, ",")
    preview.begin(table, file, all.filter((one) => !columns.includes(one)))
    const rows = rawRowsOf(file, context.mapping.read, onRead).pipe(
      Stream.filter(({ get }) => meets(get, entry)),
      Stream.map(({ get, record: { line } }): Result.Result<Row, ReadonlyArray<Fault>> => {
        const cells = read(get)
        preview.row(table, cells)
        const faults = faultsOf(file.path, line, cells)
        if (faults.length > 0) return Result.fail(faults)
        const texts = cells.map(cellText)
        return check({ line, values: [organizationId, ...texts] })
      })
    )
    return Effect.succeed({ fields, rows })
  }
  return { table, path: file.path, bytes: file.bytes, open }
}
