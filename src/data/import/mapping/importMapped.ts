import { Effect, Stream } from "effect"
import { SqlClient } from "effect/sql"
import { isZone } from "../../../domain/Calendar.ts"
import { contract, crmTables } from "../../../metrics/crm.ts"
import type { Table } from "../../../metrics/Table.ts"
import { fieldsOf } from "../../writeTables.ts"
import { importSources } from "../importFolders.ts"
import { type Fault, ImportRefused } from "../ImportRefused.ts"
import { rowsOf } from "../rows.ts"
import type { Source } from "../Source.ts"
import { columnsIn, type Indexes, indexesOf, indexKey, sourcesIn, tableNamed } from "./indexes.ts"
import { mappedSource, theirColumns } from "./mappedSource.ts"
import type { Entry, Mapping, Organization } from "./Mapping.ts"
import { peopleColumns, peopleIn } from "./peopleIn.ts"
import { Preview } from "./Preview.ts"
import { filesFor, type RawFile, rawFilesIn, userIdsFile } from "./rawFiles.ts"
import type { Context } from "./readColumn.ts"
import { spellSource } from "./spellSource.ts"
import { asList, columnsOf } from "./words.ts"

const ofOption = (reason: string) => Effect.fail<Fault>({ place: "--org", reason })

/** The values of the command line, of the mapping, and of the database, in this order. */
const organizationOf = Effect.fnUntraced(function*(given: Organization) {
  const sql = yield* SqlClient.SqlClient
  const { organization_id: id } = given
  if (id === undefined) {
    return yield* ofOption(
      "the rows of an export name no organization: give its id as the session tokens name it, such as --org org_acme"
    )
  }
  const [stored] = yield* Effect.orDie(
    sql`SELECT name, time_zone, currency FROM crm.organizations WHERE organization_id = ${id}`
  )
  const valueOf = (column: keyof Organization) => given[column] ?? (stored && String(stored[column]))
  const [zone, currency] = [valueOf("time_zone"), valueOf("currency")]
  if (zone === undefined || currency === undefined) {
    return yield* ofOption(
      `${id} is new: give its time zone and its currency, such as --time-zone Europe/Madrid --currency EUR`
    )
  }
  if (!isZone(zone)) return yield* ofOption(`${JSON.stringify(zone)} is not a time zone such as Europe/Madrid`)
  return { id, name: valueOf("name") ?? id, zone, currency }
})

/** Rows that are in no file. They are made after all rows of the sources before were read. */
const madeSource = (
  table: Table,
  path: string,
  columns: ReadonlyArray<string>,
  rows: () => ReadonlyArray<ReadonlyArray<string>>
): Source => {
  const fields = columns.flatMap((column) => fieldsOf(table).filter((field) => field.column === column))
  const check = rowsOf(path, fields, ",")
  return {
    table,
    path,
    bytes: 0,
    open: () =>
      Effect.succeed({
        fields,
        rows: Stream.suspend(() => Stream.fromIterable(rows())).pipe(
          Stream.map((values) => check({ line: 1, values }))
        )
      })
  }
}

const memberColumns = ["organization_id", "user_id", "name"]

const conditionColumns = ({ spells, unless, where }: Entry) => [
  ...columnsOf(where, unless),
  ...(spells === undefined ? [] : [spells.by, spells.at, spells.old, spells.new])
]

const noFiles = (folders: ReadonlyArray<string>, mapping: Mapping): Fault => ({
  place: folders.join(", "),
  reason: `no file has a name that the mapping reads: ${mapping.tables.flatMap(({ files }) => files).join(", ")}`
})

const byTable = (a: Source, b: Source) => crmTables.indexOf(a.table) - crmTables.indexOf(b.table)

/** Reads the exports in the folders as rows of one organization. */
const mappedSources = Effect.fn("mappedSources")(function*(
  folders: ReadonlyArray<string>,
  mapping: Mapping,
  { encoding, organization }: { readonly encoding: string | undefined; readonly organization: Organization }
) {
  const files = (yield* Effect.forEach(folders, (folder) => rawFilesIn(folder, encoding, mapping.read))).flat()
  const { currency, id, name, zone } = yield* organizationOf({ ...mapping.organization, ...organization })
  const people = yield* peopleIn(files, mapping)
  const contextOf = (file: RawFile, indexes: Indexes): Context => ({
    mapping,
    decimal: mapping.read?.decimal ?? (file.delimiter === ";" ? "," : "."),
    zone,
    currency,
    people,
    found: (source) => indexes.get(indexKey(source))
  })
  const indexes = yield* indexesOf(files, mapping, contextOf)
  const preview = new Preview()
  const sources = mapping.tables.flatMap((entry) => {
    const table = tableNamed(entry.table)
    return table === undefined ? [] : filesFor(files, entry.files).map((file) => {
      const reading = { context: contextOf(file, indexes), organizationId: id, preview }
      preview.uses(file, [
        ...columnsIn(entry).flatMap(([, column]) => theirColumns(column)),
        ...conditionColumns(entry),
        ...(mapping.people === undefined ? [] : peopleColumns(mapping.people))
      ])
      return entry.spells === undefined
        ? mappedSource(entry, table, file, reading)
        : spellSource(entry, entry.spells, file, reading)
    })
  })
  if (sources.length === 0) return yield* Effect.fail(noFiles(folders, mapping))
  const made = [
    madeSource(contract.organizations, "--org", ["organization_id", "name", "time_zone", "currency"], () => [
      [id, name, zone, currency]
    ]),
    ...[...sources].sort(byTable),
    madeSource(contract.members, userIdsFile, memberColumns, () => people.named.map((person) => [id, ...person])),
    // A stored name is not replaced by an e-mail or an id.
    {
      ...madeSource(
        contract.members,
        userIdsFile,
        memberColumns,
        () => people.unnamed.map((person) => [id, ...person])
      ),
      isOnlyAdding: true
    }
  ]
  const lookedUp = mapping.tables.flatMap((entry) =>
    columnsIn(entry).flatMap(([, column]) => sourcesIn(column).flatMap(({ lookup }) => asList(lookup)))
  )
  const names = [...mapping.tables.flatMap((entry) => entry.files), ...mapping.people?.files ?? [], ...lookedUp]
  const isRead = (file: RawFile) => file.name === userIdsFile || filesFor([file], names).length > 0
  const absent = mapping.tables.filter((entry) => filesFor(files, entry.files).length === 0)
  return {
    sources: made,
    preview: () => [
      ...preview.lines(zone),
      ...files.filter((file) => !isRead(file)).map((file) =>
        `${file.name} is not read, because no entry of the mapping names it`
      ),
      ...absent.map(({ files, table }) => `${table}: there is no file ${files.join(" or ")}`),
      ...mapping.notes ?? [],
      ...people.warnings
    ]
  }
})

/** Imports the exports in the folders. The preview says what was stored, in lines. */
export const importMapped = Effect.fn("importMapped")(function*(
  folders: ReadonlyArray<string>,
  mapping: Mapping,
  { encoding, isDryRun = false, organization = {} }: {
    readonly encoding?: string | undefined
    readonly organization?: Organization
    readonly isDryRun?: boolean
  } = {}
) {
  const { preview, sources } = yield* mappedSources(folders, mapping, { encoding, organization }).pipe(
    Effect.mapError((fault) => ImportRefused.of(fault))
  )
  const imported = yield* importSources(sources, { isDryRun })
  return { ...imported, preview: preview() }
})
