import * as NodeServices from "@effect/platform-node/NodeServices"
import { Effect, Layer } from "effect"
import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { importFolders } from "../../src/data/import/importFolders.ts"
import { type PlainRow, plainTables } from "./plainCsv.ts"
import { postgresTest } from "./Postgres.ts"

const real = resolve(import.meta.dirname, "../../../shared/data/real")
export const folders = ["org_itschool", "org_maven", "org_helpdesk"].map((name) => join(real, name))

export const isThere = existsSync(real)
if (!isThere) process.stderr.write("The real data tests are skipped: ../shared/data/real is not there\n")

/** These rows were read from the CSV files without the importer. */
const plain = isThere ? folders.map(plainTables) : []
export const rowsOf = (table: string): ReadonlyArray<PlainRow> => plain.flatMap((tables) => tables.get(table) ?? [])

export const tally = (
  rows: ReadonlyArray<PlainRow>,
  keyOf: (row: PlainRow) => string,
  of: (row: PlainRow) => number = () => 1
) => {
  const totals = new Map<string, number>()
  for (const row of rows) totals.set(keyOf(row), (totals.get(keyOf(row)) ?? 0) + of(row))
  return Object.fromEntries([...totals].sort())
}

export const listed = (text: string | undefined) => text === undefined || text === "" ? [] : text.split("|")

export const organizationOf = (row: PlainRow) => row["organization_id"] ?? ""
export const cents = (row: PlainRow) => Math.round(Number(row["price"] ?? "0") * 100)
export const statusOf = (row: PlainRow) => `${organizationOf(row)} ${row["status"]}`

/** Imports the real organizations into a new database, if their files exist. */
export const importedRealData = Layer.effectDiscard(isThere ? importFolders(folders) : Effect.void).pipe(
  Layer.provideMerge(Layer.merge(postgresTest, NodeServices.layer))
)
