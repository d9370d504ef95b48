import { Effect, Option, Stream } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { progressBar } from "../progressBar.ts"
import { vacuumed } from "../vacuumed.ts"
import { writeRows } from "../writeTables.ts"
import { organizationKnown, uniqueIn } from "./checks.ts"
import { filesOf, type TableFile } from "./files.ts"
import { fieldsNamedBy } from "./header.ts"
import { ImportRefused } from "./ImportRefused.ts"
import { recordsOf } from "./records.ts"
import { rowsOf } from "./rows.ts"

const rowsAtOnce = 1_000

/** What only the tables themselves check. */
const refusedBy = (place: string) => (error: SqlError.SqlError) =>
  error.reason._tag === "ConstraintError"
    ? new ImportRefused({ place, reason: `the database refuses a row (${error.reason.cause})` })
    : error

const fieldsOfFile = Effect.fnUntraced(function*(file: TableFile) {
  const first = yield* Stream.runHead(recordsOf(file, () => {}))
  if (Option.isSome(first)) return yield* fieldsNamedBy(file, first.value)
  return yield* new ImportRefused({ place: file.path, reason: "the file is empty: its first line names the columns" })
})

const importFile = Effect.fn("importFile")(function*(
  file: TableFile,
  known: Set<string>,
  advance: (bytes: number) => void
) {
  const fields = yield* fieldsOfFile(file)
  const read = rowsOf(file.path, fields)
  const isUnique = uniqueIn(file)
  const isKnown = organizationKnown(file, known)
  let count = 0
  yield* recordsOf(file, advance).pipe(
    Stream.drop(1),
    Stream.grouped(rowsAtOnce),
    Stream.runForEach(Effect.fnUntraced(function*(records) {
      const rows = yield* Effect.forEach(records, (record) => Effect.fromResult(read(record)))
      yield* Effect.forEach(rows, isUnique, { discard: true })
      yield* isKnown(rows)
      const place = `${file.path}:${records[0].line}-${records.at(-1)?.line}`
      const cells = rows.map(({ cells }) => cells)
      yield* writeRows(file.table, cells, { fields, isUpdating: true }).pipe(Effect.mapError(refusedBy(place)))
      count += rows.length
    }))
  )
  return { table: file.table.name, count }
})

/** Reads folders of CSV files into the tables, all or nothing: rows that are there already are updated. */
export const importFolders = Effect.fn("importFolders")(function*(folders: ReadonlyArray<string>) {
  const sql = yield* SqlClient.SqlClient
  const files = yield* filesOf(folders)
  const known = new Set<string>()
  const imported = yield* Effect.scoped(Effect.gen(function*() {
    const advance = yield* progressBar("Importing", "bytes", files.reduce((total, { bytes }) => total + bytes, 0))
    return yield* sql.withTransaction(Effect.forEach(files, (file) => importFile(file, known, advance)))
  }))
  yield* vacuumed([...new Set(files.map(({ table }) => table))])
  return imported
})
