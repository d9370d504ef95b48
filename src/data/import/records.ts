import { CsvError, parse } from "csv-parse"
import { Data, Effect, Option, Stream } from "effect"
import { isUtf8 } from "node:buffer"
import { createReadStream } from "node:fs"
import { PassThrough, pipeline, Transform } from "node:stream"
import { createGunzip } from "node:zlib"
import { type TextFile, utf8 } from "./files.ts"
import type { Fault } from "./ImportRefused.ts"

/** A quoted value may contain line breaks, so a record can have several lines. */
export interface Record {
  readonly line: number
  readonly values: ReadonlyArray<string>
}

export type Delimiter = "," | ";" | "\t"

const newline = 0x0a
/** The first byte of a character of several bytes is at least this. */
const leadByte = 0xc0

/** A line as it was counted when its bytes were refused. */
class NotText extends Data.Error<{ readonly line: number }> {
  readonly code = "ERR_ENCODING_INVALID_ENCODED_DATA"
}

const newlinesIn = (bytes: Uint8Array): number => {
  let count = 0
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count++
  return count
}

/** Returns the number of lines before the first line that is not UTF-8. */
const soundLines = (bytes: Buffer): number => {
  for (let line = 0, from = 0;; line++) {
    const to = bytes.indexOf(newline, from)
    if (to === -1 || !isUtf8(bytes.subarray(from, to))) return line
    from = to + 1
  }
}

const decoded = (encoding: string) => {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let line = 1
  let before: Uint8Array = new Uint8Array()
  return new Transform({
    transform: (chunk: Uint8Array, _, done) => {
      try {
        done(null, decoder.decode(chunk, { stream: true }))
      } catch {
        // The last character of the bytes before may end in this chunk.
        const lead = before.findLastIndex((byte) => byte >= leadByte)
        const begun = before.slice(lead === -1 ? before.length : lead)
        return done(new NotText({ line: line + soundLines(Buffer.concat([begun, chunk])) }))
      }
      line += newlinesIn(chunk)
      before = chunk.slice(-3)
    },
    flush: (done) => {
      try {
        done(null, decoder.decode())
      } catch {
        done(new NotText({ line }))
      }
    }
  })
}

const codeOf = (cause: unknown): string => cause instanceof Error && "code" in cause ? String(cause.code) : ""

const reasons: { readonly [code: string]: string } = {
  Z_DATA_ERROR: "this is not a sound gzip file",
  Z_BUF_ERROR: "this gzip file ends too early",
  CSV_QUOTE_NOT_CLOSED: "a quote is opened here and never closed",
  CSV_INVALID_CLOSING_QUOTE: "a quote ends before its value does",
  INVALID_OPENING_QUOTE: "a quote stands in the middle of a value",
  CSV_MAX_RECORD_SIZE: "more than a million characters in one row: is a quote not closed?"
}

const occurrences = (values: ReadonlyArray<string>, pattern: RegExp): number =>
  values.reduce((count, value) => value.includes("\n") ? count + (value.match(pattern)?.length ?? 0) : count, 0)

/**
 * Keeps the first line of each record. The parser reports the last line of a record, and counts a quoted CRLF as two
 * lines.
 */
export const lineCounter = () => {
  const lines: Array<number> = []
  let doubled = 0
  let last = 0
  return {
    lines,
    onRecord: (values: Array<string>, { lines: parserLine }: { readonly lines: number }) => {
      doubled += occurrences(values, /\r\n/g)
      last = parserLine - doubled
      lines.push(last - occurrences(values, /\n/g))
      return values
    },
    following: () => last + 1
  }
}

const notText = (path: string, encoding: string, line: number): Fault => ({
  place: `${path}:${line}`,
  reason: encoding === utf8
    ? "this is not text in UTF-8: save the file as UTF-8, or name its encoding, such as --encoding windows-1252"
    : `this is not text in ${encoding}`
})

const faultOf = ({ encoding, path }: TextFile, lineOfFault: () => number) => (cause: unknown): Fault => {
  if (cause instanceof NotText) return notText(path, encoding, cause.line)
  const line = cause instanceof CsvError ? `:${lineOfFault()}` : ""
  return {
    place: `${path}${line}`,
    reason: reasons[codeOf(cause)] ?? `this file cannot be read (${cause instanceof Error ? cause.message : cause})`
  }
}

async function* numbered(records: AsyncIterable<ReadonlyArray<string>>, lines: Array<number>): AsyncGenerator<Record> {
  for await (const values of records) yield { line: lines.shift() ?? 0, values }
}

const textOf = ({ encoding, isGzipped, path }: TextFile, onRead: (bytes: number) => void) =>
  [
    createReadStream(path).on("data", (chunk) => onRead(chunk.length)),
    isGzipped ? createGunzip() : new PassThrough(),
    decoded(encoding)
  ] as const

const chunksOf = (file: TextFile): AsyncIterable<string> =>
  pipeline(...textOf(file, () => {}), new PassThrough({ encoding: "utf8" }), () => {})

/** Reads the whole file. Any other fault is found when the rows are read. */
export const isInItsEncoding = (file: TextFile): Effect.Effect<boolean> =>
  Stream.runDrain(Stream.fromAsyncIterable(chunksOf(file), (cause) => cause)).pipe(
    Effect.match({ onFailure: (cause) => !(cause instanceof NotText), onSuccess: () => true })
  )

const firstLineOf = async (file: TextFile): Promise<string> => {
  let text = ""
  for await (const chunk of chunksOf(file)) {
    text += chunk
    if (text.includes("\n") || text.length > 10_000) break
  }
  return text.split("\n", 1)[0] ?? ""
}

/** The separator that the line has most often outside quotes. */
const delimiterIn = (line: string): Delimiter => {
  const plain = line.replaceAll(/"[^"]*"/g, "")
  const count = (delimiter: Delimiter) => plain.split(delimiter).length
  if (count("\t") > Math.max(count(","), count(";"))) return "\t"
  return count(";") > count(",") ? ";" : ","
}

export const delimiterOf = (file: TextFile): Effect.Effect<Delimiter> =>
  Effect.tryPromise(() => firstLineOf(file)).pipe(
    Effect.map(delimiterIn),
    Effect.orElseSucceed((): Delimiter => ",")
  )

export const recordsOf = (
  file: TextFile,
  delimiter: Delimiter,
  onRead: (bytes: number) => void = () => {}
) => {
  const counter = lineCounter()
  const records: AsyncIterable<ReadonlyArray<string>> = pipeline(
    ...textOf(file, onRead),
    parse({
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n"],
      max_record_size: 1_000_000,
      on_record: counter.onRecord
    }),
    () => {}
  )
  return Stream.fromAsyncIterable(numbered(records, counter.lines), faultOf(file, counter.following))
}

/** The first record names the columns. */
export const headerOf = Effect.fnUntraced(function*(file: TextFile, delimiter: Delimiter) {
  const first = yield* Stream.runHead(recordsOf(file, delimiter))
  if (Option.isSome(first)) return first.value
  return yield* Effect.fail<Fault>({
    place: file.path,
    reason: "the file is empty: its first line names the columns"
  })
})
