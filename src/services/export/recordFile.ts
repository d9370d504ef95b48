import { Effect, Option, Stream } from "effect"
import { recordCsv } from "../../documents/recordCsv.ts"
import type { RecordFormat } from "../../documents/RecordSheet.ts"
import { recordXlsx } from "../../documents/recordXlsx.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { recordFormats } from "../../domain/DocumentFormat.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import type { RecordsRequest, RecordsResponse } from "../../domain/Records.ts"
import { TimedOut, Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
import type { Records } from "../run/Records.ts"

const formats: { readonly [F in (typeof recordFormats)[number]]: RecordFormat } = { csv: recordCsv, xlsx: recordXlsx }

const limits = {
  batch: 1_000,
  maxRecords: 100_000
}

const sound = Effect.fnUntraced(function*(page: RecordsResponse) {
  const { error } = page
  if (error === undefined) return page
  if (error.code === "timeout") return yield* new TimedOut()
  if (error.code === "unavailable") return yield* new Unavailable()
  return yield* InvalidRequest.because(error.message)
})

type Page = Effect.Effect<RecordsResponse, InvalidRequest | Unreachable>

/** The next page is read only when the previous page has been sent. */
export const recordFile = Effect.fnUntraced(function*(
  records: Records["Service"],
  format: keyof typeof formats,
  caller: Caller,
  { cursor: _cursor, limit: _limit, part: _part, ...asked }: RecordsRequest,
  { batch, maxRecords } = limits
) {
  const pageFrom = (cursor?: string): Page =>
    Effect.flatMap(
      records.page(caller, { ...asked, limit: batch, ...(cursor !== undefined && { cursor }) }),
      sound
    )
  const first = yield* pageFrom()
  if (first.total !== null && first.total > maxRecords) {
    const message =
      `A file has at most ${maxRecords} records, and these are ${first.total}. Ask for a point or a shorter timeframe.`
    return yield* InvalidRequest.because(message)
  }
  const sheet = yield* Effect.promise(() => formats[format](first, asked))
  const start = Stream.make(sheet.start)
  const rows = Stream.paginate(Effect.succeed(first), (read: Page) =>
    Effect.gen(function*() {
      const { next, results } = yield* read
      const bytes = yield* Effect.promise(() => sheet.rows(results))
      return [[bytes], Option.map(Option.fromNullOr(next), pageFrom)] as const
    }))
  return start.pipe(Stream.concat(rows), Stream.concat(Stream.fromEffect(Effect.promise(sheet.end))))
})
