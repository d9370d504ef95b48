import { Effect, Option, Stream } from "effect"
import { recordHeader, recordLines } from "../../documents/recordCsv.ts"
import type { Caller } from "../../domain/Caller.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import type { RecordsRequest, RecordsResponse } from "../../domain/Records.ts"
import { TimedOut, Unavailable } from "../../domain/Unavailable.ts"
import type { Records } from "../run/Records.ts"

const batch = 2_000

export const maxFileRecords = 100_000

const sound = Effect.fnUntraced(function*(page: RecordsResponse) {
  const { error } = page
  if (error === undefined) return page
  if (error.code === "timeout") return yield* new TimedOut()
  if (error.code === "unavailable") return yield* new Unavailable()
  return yield* InvalidRequest.because(error.message)
})

/** The next page is read only when the client has received the last one. */
export const recordFile = Effect.fnUntraced(
  function*(records: Records["Service"], caller: Caller, { cursor: _cursor, limit: _limit, ...asked }: RecordsRequest) {
    const pageFrom = (cursor: string | undefined) =>
      Effect.flatMap(
        records.page(caller, { ...asked, limit: batch, ...(cursor !== undefined && { cursor }) }),
        sound
      )
    const first = yield* pageFrom(undefined)
    if (first.total > maxFileRecords) {
      const message =
        `A file has at most ${maxFileRecords} records, and these are ${first.total}. Ask for a point or a shorter timeframe.`
      return yield* InvalidRequest.because(message)
    }
    const { columns } = first
    const start = Stream.make(recordHeader(columns) + recordLines(columns, first.results))
    const rest = first.next === null ? Stream.empty : Stream.paginate(first.next, (cursor: string) =>
      Effect.map(
        pageFrom(cursor),
        ({ next, results }) => [[recordLines(columns, results)], Option.fromNullishOr(next)] as const
      ))
    return Stream.encodeText(Stream.concat(start, rest))
  }
)
