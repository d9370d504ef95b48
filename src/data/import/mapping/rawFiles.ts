import { Effect, FileSystem, Path, Stream } from "effect"
import { type TextFile, utf8 } from "../files.ts"
import type { Fault } from "../ImportRefused.ts"
import { type Delimiter, delimiterOf, headerOf, isInItsEncoding, type Record, recordsOf } from "../records.ts"
import { lengthFault } from "../rows.ts"
import type { Read } from "./Mapping.ts"
import { folded, type Get, matches } from "./words.ts"

export interface RawFile extends TextFile {
  readonly name: string
  readonly delimiter: Delimiter
  readonly header: ReadonlyArray<string>
}

export const userIdsFile = "user-ids.csv"

const opened = Effect.fnUntraced(function*(path: string, name: string, encoding: string | undefined, read: Read) {
  const files = yield* FileSystem.FileSystem
  const bytes = Number((yield* Effect.orDie(files.stat(path))).size)
  const plain = { path, name, bytes, isGzipped: name.endsWith(".gz"), encoding: encoding ?? utf8 }
  const needsOther = encoding === undefined && read.encoding !== undefined && !(yield* isInItsEncoding(plain))
  const file = { ...plain, encoding: needsOther ? read.encoding ?? utf8 : plain.encoding }
  const delimiter = yield* delimiterOf(file)
  const { values } = yield* headerOf(file, delimiter)
  return { ...file, delimiter, header: values }
})

/** The file of user ids is not of the export, so it is UTF-8 if it can be read as UTF-8. */
export const rawFilesIn = Effect.fn("rawFilesIn")(function*(
  folder: string,
  encoding: string | undefined,
  read: Read = {}
) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const names = yield* files.readDirectory(folder).pipe(
    Effect.mapError((): Fault => ({ place: folder, reason: "this is not a folder that can be read" }))
  )
  const isCsv = (name: string) => /^[^.].*\.csv(\.gz)?$/i.test(name)
  return yield* Effect.forEach(
    names.filter(isCsv).sort(),
    (name) =>
      name === userIdsFile
        ? opened(path.join(folder, name), name, undefined, { ...read, ...(encoding !== undefined && { encoding }) })
        : opened(path.join(folder, name), name, encoding, read)
  )
})

/** If two columns have the same header, the first column is read. */
export const columnIndexIn = ({ header }: RawFile): ReadonlyMap<string, number> =>
  new Map(header.map((name, index) => [folded(name), index] as const).toReversed())

const getterOf = (file: RawFile, { empty = [], strip }: Read) => {
  const index = columnIndexIn(file)
  const places = new Map<string, number>()
  const none = new Set([...empty, "\\N"])
  const placeOf = (column: string): number => {
    const known = places.get(column)
    if (known !== undefined) return known
    const place = index.get(folded(column)) ?? -1
    places.set(column, place)
    return place
  }
  return (values: ReadonlyArray<string>): Get => (column) => {
    const text = values[placeOf(column)] ?? ""
    const trimmed = (strip === undefined ? text : text.replaceAll(strip, "")).trim()
    return none.has(trimmed) ? "" : trimmed
  }
}

interface RawRow {
  readonly record: Record
  readonly get: Get
}

/** Reads a file whose rows may have too few values, such as notes below a heading. */
export const anyRowsOf = (
  file: RawFile,
  read: Read = {},
  onRead?: (bytes: number) => void
): Stream.Stream<RawRow, Fault> => {
  const getter = getterOf(file, read)
  return recordsOf(file, file.delimiter, onRead).pipe(
    Stream.drop(1),
    Stream.map((record) => ({ record, get: getter(record.values) }))
  )
}

/** A row of a download that was cut has too few values. Empty values after the last column have no meaning. */
export const rawRowsOf = (
  file: RawFile,
  read?: Read,
  onRead?: (bytes: number) => void
): Stream.Stream<RawRow, Fault> => {
  const { header } = file
  const least = header.findLastIndex((name) => name.trim() !== "") + 1
  const isWhole = ({ values }: Record) =>
    values.length >= least && values.slice(header.length).every((value) => value.trim() === "")
  return Stream.mapEffect(
    anyRowsOf(file, read, onRead),
    (row) => isWhole(row.record) ? Effect.succeed(row) : Effect.fail(lengthFault(file.path, row.record, header))
  )
}

export const filesFor = (files: ReadonlyArray<RawFile>, patterns: ReadonlyArray<string>) =>
  files.filter(({ name }) => name !== userIdsFile && patterns.some((pattern) => matches(pattern, name)))
