import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"

export type PlainRow = Readonly<Record<string, string>>

/** Splits lines at commas. This is enough for files without quotes, and independent of the importer. */
export const plainRows = (path: string): ReadonlyArray<PlainRow> => {
  const text = gunzipSync(readFileSync(path)).toString()
  if (text.includes("\"")) throw new Error(`${path} has quotes`)
  const [header = [], ...rows] = text.trimEnd().split(/\r?\n/).map((line) => line.split(","))
  return rows.map((values) => Object.fromEntries(header.map((column, index) => [column, values[index] ?? ""])))
}

/** Returns the rows of all files in a folder by table. */
export const plainTables = (folder: string): ReadonlyMap<string, ReadonlyArray<PlainRow>> =>
  new Map(readdirSync(folder).map((name) => [name.replace(/\.csv\.gz$/, ""), plainRows(join(folder, name))]))
