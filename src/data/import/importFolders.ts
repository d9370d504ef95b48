import { Data, Effect, Option, Result, Stream } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import type { Field } from "../../metrics/Table.ts"
import { transaction } from "../../services/database/transaction.ts"
import { progressBar } from "../progressBar.ts"
import { vacuumAnalyze, writeRows } from "../writeTables.ts"
import { learnZones, uniqueIn, withInstants, type Zones } from "./checks.ts"
import { filesOf, type TableFile, utf8 } from "./files.ts"
import { fieldsNamedBy } from "./header.ts"
import { type Fault, Faults, type ImportRefused } from "./ImportRefused.ts"
import { type Delimiter, delimiterOf, type Record, recordsOf } from "./records.ts"
import { type Row, rowsOf } from "./rows.ts"
import { uncountedIn } from "./uncounted.ts"

const rowsAtOnce = 1_000

interface Imported {
  readonly files: ReadonlyArray<{ readonly table: string; readonly count: number }>
  readonly organizationIds: ReadonlyArray<string>
  readonly uncounted: ReadonlyArray<string>
}

class DryRun extends Data.TaggedError("DryRun")<{ readonly imported: Imported }> {}

const refusedBy = (place: string) => (error: SqlError.SqlError) =>
  error.reason._tag === "ConstraintError"
    ? { place, reason: `the database refuses a row (${error.reason.cause})` } satisfies Fault
    : error

const headerOf = Effect.fnUntraced(function*(file: TableFile, delimiter: Delimiter) {
  const first = yield* Stream.runHead(recordsOf(file, delimiter))
  if (Option.isSome(first)) return first.value
  return yield* Effect.fail<Fault>({
    place: file.path,
    reason: "the file is empty: its first line names the columns"
  })
})

const soundRows = Effect.fnUntraced(function*(
  file: TableFile,
  records: ReadonlyArray<Record>,
  { fields, isRepeated, read, zones }: {
    readonly fields: ReadonlyArray<Field>
    readonly read: (record: Record) => Result.Result<Row, ReadonlyArray<Fault>>
    readonly isRepeated: (row: Row) => Fault | undefined
    readonly zones: Zones
  },
  faults: Faults
) {
  const results = records.map(read)
  faults.add(...results.flatMap((result) => Result.isFailure(result) ? result.failure : []))
  const rows = results.flatMap((result) => Result.isSuccess(result) ? [result.success] : [])
  const unknown = yield* learnZones(file, zones, rows)
  // An unknown organization may come from a fault in the organizations file, which is already reported.
  if (!faults.isIn("organizations")) faults.add(...unknown)
  const timed = rows.map(withInstants(fields, zones))
  faults.add(...timed.map(isRepeated).filter((fault) => fault !== undefined))
  return timed
})

/** After the first fault, later rows are checked but not written. */
const importFile = Effect.fn("importFile")(function*(
  file: TableFile,
  zones: Zones,
  faults: Faults,
  advance: (bytes: number) => void
) {
  const delimiter = yield* delimiterOf(file)
  const fields = yield* Effect.fromResult(fieldsNamedBy(file, yield* headerOf(file, delimiter)))
  const reading = { fields, read: rowsOf(file.path, fields, delimiter), isRepeated: uniqueIn(file), zones }
  let count = 0
  yield* recordsOf(file, delimiter, advance).pipe(
    Stream.drop(1),
    Stream.grouped(rowsAtOnce),
    Stream.takeWhile(() => !faults.isFull),
    Stream.runForEach(Effect.fnUntraced(function*(records) {
      const rows = yield* soundRows(file, records, reading, faults)
      if (!faults.isEmpty) return
      const place = `${file.path}:${records[0].line}-${records.at(-1)?.line}`
      const cells = rows.map(({ cells }) => cells)
      yield* writeRows(file.table, cells, { fields, isUpdating: true }).pipe(Effect.mapError(refusedBy(place)))
      count += rows.length
    }))
  )
  return { table: file.table.name, count }
})

const isFault = (error: Fault | ReadonlyArray<Fault> | SqlError.SqlError): error is Fault | ReadonlyArray<Fault> =>
  Array.isArray(error) || "place" in error

const importAll = Effect.fnUntraced(function*(files: ReadonlyArray<TableFile>, faults: Faults) {
  const zones: Zones = new Map()
  const advance = yield* progressBar("Importing", "bytes", files.reduce((total, { bytes }) => total + bytes, 0))
  const counts = yield* Effect.forEach(files, (file) =>
    importFile(file, zones, faults, advance).pipe(
      Effect.catchIf(isFault, (found) => {
        faults.add(...[found].flat())
        return Effect.succeed({ table: file.table.name, count: 0 })
      })
    ))
  if (!faults.isEmpty) return yield* faults.refusal()
  const organizationIds = [...zones.keys()]
  const uncounted = yield* uncountedIn(organizationIds)
  return { files: counts, organizationIds, uncounted }
})

export const importFolders = Effect.fn("importFolders")(function*(
  folders: ReadonlyArray<string>,
  { encoding = utf8, isDryRun = false }: { readonly encoding?: string; readonly isDryRun?: boolean } = {}
) {
  const sql = yield* SqlClient.SqlClient
  const faults = new Faults()
  const files = yield* filesOf(folders, encoding, faults)
  const importing: Effect.Effect<Imported, ImportRefused | DryRun | SqlError.SqlError, SqlClient.SqlClient> = Effect
    .flatMap(
      Effect.scoped(importAll(files, faults)),
      (imported) => isDryRun ? Effect.fail(new DryRun({ imported })) : Effect.succeed(imported)
    )
  const imported = yield* transaction(sql)(importing).pipe(
    Effect.catchTag("DryRun", ({ imported }) => Effect.succeed(imported))
  )
  if (!isDryRun) yield* vacuumAnalyze([...new Set(files.map(({ table }) => table))])
  return imported
})
