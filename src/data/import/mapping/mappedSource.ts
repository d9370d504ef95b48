import { Effect, Result, Stream } from "effect"
import type { Field, Table } from "../../../metrics/Table.ts"
import { isRequired } from "../header.ts"
import type { Fault } from "../ImportRefused.ts"
import { type Row, rowsOf } from "../rows.ts"
import type { Source } from "../Source.ts"
import { absentIn, columnsIn, fromFile, hasFrom, isThere, lookedUpIn, sourcesIn } from "./indexes.ts"
import type { Column, Entry } from "./Mapping.ts"
import type { Preview } from "./Preview.ts"
import { type RawFile, rawRowsOf } from "./rawFiles.ts"
import { type Cell, cellText, type Context, rowReader } from "./readColumn.ts"
import { asList, columnsOf, meets } from "./words.ts"

/** The columns of the file that a column of ours may be read from. */
export const theirColumns = (column: Column): ReadonlyArray<string> =>
  sourcesIn(column).flatMap((source) => [
    ...(source.lookup === undefined ? asList(source.from).flatMap((one) => asList(one)) : []),
    ...(source.lookup === undefined && source.earliest === undefined ? columnsOf(source.where, source.unless) : []),
    ...Object.values(source.match ?? {})
  ])

const absentFiles = (column: Column, context: Context) =>
  absentIn(column, context).flatMap((source) => lookedUpIn(source, context.mapping))

const missingReason = (column: Column, context: Context): string => {
  const files = absentFiles(column, context)
  return files.length === 0
    ? `this column is read from ${theirColumns(column).map((one) => JSON.stringify(one)).join(" or ")}, ` +
      "which is not in the file"
    : `this column is looked up in ${
      [...new Set(files)].join(" or ")
    }, which is missing or lacks the columns for it: ` +
      "export that file too, with all its rows"
}

const headerFaults = (file: RawFile, columns: ReadonlyArray<readonly [Field, Column]>, context: Context) => {
  const read = columns.filter(([, column]) => fromFile(column).length > 0)
  const found = read.filter(([, column]) => hasFrom(file, column))
  if (found.length * 2 < read.length) {
    return [{
      place: `${file.path}:1`,
      reason: `${found.length} of ${read.length} columns of the mapping are in this file, which may be in another ` +
        "language: export it in English, or let npm run import -- --guess FOLDER > mapping.json write a mapping"
    }]
  }
  const needed = columns.filter(([field]) => isRequired(field))
  return needed.filter(([, column]) => !isThere(file, column, context)).map(([{ column: ours }, column]): Fault => ({
    place: `${file.path}:1 ${ours}`,
    reason: missingReason(column, context)
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
    const faults = headerFaults(file, all, context)
    if (faults.length > 0) return Effect.fail(faults)
    const columns = all.filter(([, column]) => isThere(file, column, context))
    const fields = [...(organization === undefined ? [] : [organization]), ...columns.map(([field]) => field)]
    const read = rowReader(columns, context)
    const check = rowsOf(file.path, fields, ",")
    const missing = all.filter((one) => !columns.includes(one))
    preview.begin(table, file, missing.map(([{ column: ours }, column]) => [ours, absentFiles(column, context)]))
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
