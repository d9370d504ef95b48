import { CsvError, parse } from "csv-parse"
import { Effect, Stream } from "effect"
import { createReadStream } from "node:fs"
import { PassThrough, pipeline, Transform } from "node:stream"
import { createGunzip } from "node:zlib"
import type { TableFile } from "./files.ts"
import type { Fault } from "./ImportRefused.ts"

/** A quoted value may contain line breaks, so a record can have several lines. */
export interface Record {
  readonly line: number
  readonly values: ReadonlyArray<string>
}

export type Delimiter = "," | ";"

const decoded = () => {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  return new Transform({
    transform: (chunk: Uint8Array, _, done) => done(null, decoder.decode(chunk, { stream: true })),
    flush: (done) => done(null, decoder.decode())
  })
}

const codeOf = (cause: unknown): string => cause instanceof Error && "code" in cause ? String(cause.code) : ""

const reasons: { readonly [code: string]: string } = {
  Z_DATA_ERROR: "this is not a sound gzip file",
  Z_BUF_ERROR: "this gzip file ends too early",
  ERR_ENCODING_INVALID_ENCODED_DATA: "this is not text in UTF-8",
  CSV_QUOTE_NOT_CLOSED: "a quote is opened here and never closed",
  CSV_INVALID_CLOSING_QUOTE: "a quote ends before its value does",
  INVALID_OPENING_QUOTE: "a quote stands in the middle of a value",
  CSV_MAX_RECORD_SIZE: "more than a million characters in one row: is a quote not closed?"
}

const occurrences = (values: ReadonlyArray<string>, pattern: RegExp): number =>
  values.reduce((count, value) => value.includes("\n") ? count + (value.match(pattern)?.length ?? 0) : count, 0)

/** The parser reports the last line of a record, and counts a quoted CRLF as two lines. */
const lineCounter = () => {
  let doubled = 0
  let last = 0
  return {
    firstLineOf: (values: ReadonlyArray<string>, parserLine: number): number => {
      doubled += occurrences(values, /\r\n/g)
      last = parserLine - doubled
      return last - occurrences(values, /\n/g)
    },
    following: () => last + 1
  }
}

const faultOf = (path: string, lineOfFault: () => number) => (cause: unknown): Fault => {
  const line = cause instanceof CsvError ? `:${lineOfFault()}` : ""
  return {
    place: `${path}${line}`,
    reason: reasons[codeOf(cause)] ?? `this file cannot be read (${cause instanceof Error ? cause.message : cause})`
  }
}

async function* numbered(records: AsyncIterable<ReadonlyArray<string>>, lines: Array<number>): AsyncGenerator<Record> {
  for await (const values of records) yield { line: lines.shift() ?? 0, values }
}

const textOf = ({ isGzipped, path }: TableFile, onRead: (bytes: number) => void) =>
  [
    createReadStream(path).on("data", (chunk) => onRead(chunk.length)),
    isGzipped ? createGunzip() : new PassThrough(),
    decoded()
  ] as const

const firstLineOf = async (file: TableFile): Promise<string> => {
  let text = ""
  const chunks: AsyncIterable<string> = pipeline(
    ...textOf(file, () => {}),
    new PassThrough({ encoding: "utf8" }),
    () => {}
  )
  for await (const chunk of chunks) {
    text += chunk
    if (text.includes("\n") || text.length > 10_000) break
  }
  return text.split("\n", 1)[0] ?? ""
}

export const delimiterOf = (file: TableFile): Effect.Effect<Delimiter> =>
  Effect.tryPromise(() => firstLineOf(file)).pipe(
    Effect.map((line): Delimiter => line.includes(";") && !line.includes(",") ? ";" : ","),
    Effect.orElseSucceed((): Delimiter => ",")
  )

export const recordsOf = (
  file: TableFile,
  delimiter: Delimiter,
  onRead: (bytes: number) => void = () => {}
) => {
  const counter = lineCounter()
  const lines: Array<number> = []
  const records: AsyncIterable<ReadonlyArray<string>> = pipeline(
    ...textOf(file, onRead),
    parse({
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n"],
      max_record_size: 1_000_000,
      on_record: (record, { lines: parserLine }) => {
        lines.push(counter.firstLineOf(record, parserLine))
        return record
      }
    }),
    () => {}
  )
  return Stream.fromAsyncIterable(numbered(records, lines), faultOf(file.path, counter.following))
}
