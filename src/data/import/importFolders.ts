import { Data, Effect, Option, Result, Stream } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import type { Field } from "../../metrics/Table.ts"
import { transaction } from "../../services/database/statements.ts"
import { findingsOf } from "../check/findingsOf.ts"
import type { Finding } from "../check/Kind.ts"
import { progressBar } from "../progressBar.ts"
import { vacuumAnalyze, writeRows } from "../writeTables.ts"
import { learnZones, type Organizations, uniqueIn, withInstants } from "./checks.ts"
import { filesOf, type TableFile, utf8 } from "./files.ts"
import { fieldsNamedBy } from "./header.ts"
import { type Fault, Faults, type ImportRefused } from "./ImportRefused.ts"
import { delimiterOf, headerOf, recordsOf } from "./records.ts"
import { type Row, rowsOf } from "./rows.ts"
import type { Source } from "./Source.ts"

const rowsAtOnce = 1_000

interface Imported {
  readonly files: ReadonlyArray<{ readonly table: string; readonly count: number }>
  readonly organizationIds: ReadonlyArray<string>
  /** Sentences on whole metrics that mean nothing. */
  readonly first: ReadonlyArray<string>
  readonly uncounted: ReadonlyArray<string>
}

class DryRun extends Data.TaggedError("DryRun")<{ readonly imported: Imported }> {}

const refusedBy = (place: string) => (error: SqlError.SqlError) =>
  error.reason._tag === "ConstraintError"
    ? { place, reason: `the database refuses a row (${error.reason.cause})` } satisfies Fault
    : error

const csvSource = (file: TableFile): Source => ({
  ...file,
  open: Effect.fnUntraced(function*(onRead) {
    const delimiter = yield* delimiterOf(file)
    const fields = yield* Effect.fromResult(fieldsNamedBy(file, yield* headerOf(file, delimiter)))
    const rows = recordsOf(file, delimiter, onRead).pipe(
      Stream.drop(1),
      Stream.map(rowsOf(file.path, fields, delimiter))
    )
    return { fields, rows }
  })
})

const soundRows = Effect.fnUntraced(function*(
  source: Source,
  results: ReadonlyArray<Result.Result<Row, ReadonlyArray<Fault>>>,
  { fields, isRepeated, organizations }: {
    readonly fields: ReadonlyArray<Field>
    readonly isRepeated: (row: Row) => Fault | undefined
    readonly organizations: Organizations
  },
  faults: Faults
) {
  faults.add(...results.flatMap((result) => Result.isFailure(result) ? result.failure : []))
  const rows = results.flatMap((result) => Result.isSuccess(result) ? [result.success] : [])
  const unknown = yield* learnZones(source, organizations, rows)
  // An unknown organization may come from a fault in the organizations file, which is already reported.
  if (!faults.isIn("organizations")) faults.add(...unknown)
  const timed = rows.map(withInstants(fields, organizations.zones))
  faults.add(...timed.map(isRepeated).filter((fault) => fault !== undefined))
  return timed
})

/** After the first fault, later rows are checked but not written. */
const importSource = Effect.fn("importSource")(function*(
  source: Source,
  organizations: Organizations,
  faults: Faults,
  advance: (bytes: number) => void
) {
  const { fields, rows } = yield* source.open(advance)
  const reading = { fields, isRepeated: uniqueIn(source), organizations }
  let count = 0
  yield* rows.pipe(
    Stream.grouped(rowsAtOnce),
    Stream.takeWhile(() => !faults.isFull),
    Stream.runForEach(Effect.fnUntraced(function*(results) {
      const sound = yield* soundRows(source, results, reading, faults)
      if (!faults.isEmpty) return
      const place = `${source.path}:${sound[0]?.line}-${sound.at(-1)?.line}`
      const cells = sound.map(({ cells }) => cells)
      const updated = source.isOnlyAdding === true ? [] : fields
      yield* writeRows(source.table, cells, { fields, isUpdating: true, updated }).pipe(
        Effect.mapError(refusedBy(place))
      )
      count += sound.length
    }))
  )
  return { table: source.table.name, count }
})

const isFault = (error: Fault | ReadonlyArray<Fault> | SqlError.SqlError): error is Fault | ReadonlyArray<Fault> =>
  Array.isArray(error) || "place" in error

/** Without these rows, whole metrics are 0 or 100 %. */
const firstKinds = new Set(["no_client", "nothing_won", "nothing_lost"])

/** The findings of the check in these organizations. The sentences of `first` are printed before the others. */
const uncountedIn = Effect.fnUntraced(function*(organizationIds: ReadonlyArray<string>) {
  const found = (yield* Effect.orDie(Effect.forEach(organizationIds, (id) => findingsOf(Option.some(id))))).flat()
  const isFirst = ({ kind }: Finding) => firstKinds.has(kind)
  return {
    first: found.filter(isFirst).map(({ organizationId, remedy, sentence }) =>
      `${organizationId}: ${sentence}: ${remedy}`
    ),
    uncounted: found.filter((one) => !isFirst(one)).map(({ organizationId, sentence, table }) =>
      `${organizationId} ${table}: ${sentence}`
    )
  }
})

const importAll = Effect.fnUntraced(function*(sources: ReadonlyArray<Source>, faults: Faults) {
  const organizations: Organizations = { zones: new Map(), unknown: new Set() }
  const advance = yield* progressBar("Importing", "bytes", sources.reduce((total, { bytes }) => total + bytes, 0))
  const counts = yield* Effect.forEach(sources, (source) =>
    importSource(source, organizations, faults, advance).pipe(
      Effect.catchIf(isFault, (found) => {
        faults.add(...[found].flat())
        return Effect.succeed({ table: source.table.name, count: 0 })
      })
    ))
  if (!faults.isEmpty) return yield* faults.refusal()
  const organizationIds = [...organizations.zones.keys()]
  return { files: counts, organizationIds, ...yield* uncountedIn(organizationIds) }
})

/** Writes all rows of the sources, or none. */
export const importSources = Effect.fn("importSources")(function*(
  sources: ReadonlyArray<Source>,
  { faults = new Faults(), isDryRun = false }: { readonly faults?: Faults; readonly isDryRun?: boolean } = {}
) {
  const sql = yield* SqlClient.SqlClient
  const importing: Effect.Effect<Imported, ImportRefused | DryRun | SqlError.SqlError, SqlClient.SqlClient> = Effect
    .flatMap(
      Effect.scoped(importAll(sources, faults)),
      (imported) => isDryRun ? Effect.fail(new DryRun({ imported })) : Effect.succeed(imported)
    )
  const imported = yield* transaction(sql)(importing).pipe(
    Effect.catchTag("DryRun", ({ imported }) => Effect.succeed(imported))
  )
  if (!isDryRun) yield* vacuumAnalyze([...new Set(sources.map(({ table }) => table))])
  return imported
})

/** Imports files that have the names and the columns of the tables. */
export const importFolders = Effect.fn("importFolders")(function*(
  folders: ReadonlyArray<string>,
  { encoding = utf8, isDryRun = false }: { readonly encoding?: string; readonly isDryRun?: boolean } = {}
) {
  const faults = new Faults()
  const files = yield* filesOf(folders, encoding, faults)
  return yield* importSources(files.map(csvSource), { faults, isDryRun })
})
