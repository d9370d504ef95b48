import { Effect, FileSystem, Path, type PlatformError } from "effect"
import { crmTables } from "../../metrics/crm.ts"
import type { Table } from "../../metrics/Table.ts"
import type { Fault, Faults } from "./ImportRefused.ts"

export interface TextFile {
  readonly path: string
  readonly isGzipped: boolean
  /** A label that `TextDecoder` knows. */
  readonly encoding: string
  readonly bytes: number
}

export interface TableFile extends TextFile {
  readonly table: Table
}

export const utf8 = "utf-8"

const tableFile = Effect.fnUntraced(function*(path: string, name: string, encoding: string) {
  const files = yield* FileSystem.FileSystem
  const [, stem, gzip] = /^(.+?)\.csv(\.gz)?$/.exec(name) ?? []
  const table = crmTables.find((table) => table.name === stem)
  if (table === undefined) {
    const names = crmTables.map((table) => table.name).join(", ")
    return yield* Effect.fail({
      place: path,
      reason: `no table has this name; a file is named TABLE.csv or TABLE.csv.gz, with a table of ${names}`
    })
  }
  const { size, type } = yield* files.stat(path)
  if (type !== "File") return yield* Effect.fail({ place: path, reason: "this is not a file" })
  return { table, path, isGzipped: gzip !== undefined, encoding, bytes: Number(size) }
})

const unreadable = (folder: string, { reason }: PlatformError.PlatformError): Fault => ({
  place: folder,
  reason: reason._tag === "NotFound" ? "there is no such folder" : "this is not a folder that can be read"
})

const filesIn = Effect.fn("filesIn")(function*(folder: string, encoding: string, faults: Faults) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const names = yield* Effect.match(files.readDirectory(folder), {
    onFailure: (error) => {
      faults.add(unreadable(folder, error))
      return []
    },
    onSuccess: (names) => {
      const shown = names.filter((name) => !name.startsWith(".")).sort()
      if (shown.length === 0) faults.add({ place: folder, reason: "the folder is empty" })
      return shown
    }
  })
  const [found, wrong] = yield* Effect.partition(names, (name) => tableFile(path.join(folder, name), name, encoding))
  faults.add(...wrong.flatMap((error) => "place" in error ? [error] : [unreadable(folder, error)]))
  const isSecond = ({ table }: TableFile, index: number) => table === found[index - 1]?.table
  const seconds = found.filter(isSecond)
  faults.add(...seconds.map(({ path, table }) => ({ place: path, reason: `there are two files of ${table.name}` })))
  return found.filter((file) => !seconds.includes(file))
})

export const filesOf = (folders: ReadonlyArray<string>, encoding: string, faults: Faults) =>
  Effect.map(Effect.forEach(folders, (folder) => filesIn(folder, encoding, faults)), (found) => {
    const files = found.flat()
    return crmTables.flatMap((table) => files.filter((file) => file.table === table))
  })
