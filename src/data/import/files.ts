import { Effect, FileSystem, Path, type PlatformError } from "effect"
import { contract } from "../../metrics/crm.ts"
import type { Table } from "../../metrics/Table.ts"
import { ImportRefused } from "./ImportRefused.ts"

export interface TableFile {
  readonly table: Table
  readonly path: string
  readonly isGzipped: boolean
  readonly bytes: number
}

const tables: ReadonlyArray<Table> = Object.values<Table>(contract)

const tableFile = Effect.fnUntraced(function*(path: string, name: string) {
  const files = yield* FileSystem.FileSystem
  const [, stem, gzip] = /^(.+?)\.csv(\.gz)?$/.exec(name) ?? []
  const table = tables.find((table) => table.name === stem)
  if (table === undefined) {
    const names = tables.map((table) => table.name).join(", ")
    return yield* new ImportRefused({
      place: path,
      reason: `no table has this name; a file is named TABLE.csv or TABLE.csv.gz, with a table of ${names}`
    })
  }
  const { size, type } = yield* files.stat(path)
  if (type !== "File") return yield* new ImportRefused({ place: path, reason: "this is not a file" })
  return { table, path, isGzipped: gzip !== undefined, bytes: Number(size) }
})

const unreadable = (folder: string) => ({ reason }: PlatformError.PlatformError) =>
  new ImportRefused({
    place: folder,
    reason: reason._tag === "NotFound" ? "there is no such folder" : "this is not a folder that can be read"
  })

const filesIn = Effect.fn("filesIn")(function*(folder: string) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const names = (yield* Effect.mapError(files.readDirectory(folder), unreadable(folder)))
    .filter((name) => !name.startsWith(".")).sort()
  if (names.length === 0) return yield* new ImportRefused({ place: folder, reason: "the folder is empty" })
  const found = yield* Effect.forEach(names, (name) => tableFile(path.join(folder, name), name))
  const double = found.find((file, index) => file.table === found[index - 1]?.table)
  if (double !== undefined) {
    return yield* new ImportRefused({ place: double.path, reason: `there are two files of ${double.table.name}` })
  }
  return found
})

/** The tables of the folders, in the order in which a CRM is read in. */
export const filesOf = (folders: ReadonlyArray<string>) =>
  Effect.map(Effect.forEach(folders, filesIn), (found) => {
    const files = found.flat()
    return tables.flatMap((table) => files.filter((file) => file.table === table))
  })
