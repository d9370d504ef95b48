import { Effect, Option, Stream } from "effect"
import { recordCsv } from "../../documents/csvText.ts"
import type { RecordFormat } from "../../documents/recordTable.ts"
import { recordXlsx } from "../../documents/recordXlsx.ts"
import type { recordFormats } from "../../domain/DocumentFormat.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import type { RoleChanged } from "../../domain/Live.ts"
import type { ListChanged, RecordsRequest, RecordsResponse } from "../../domain/Records.ts"
import { TimedOut, Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
import { type Admitted, laterPageCheck } from "../access/Gating.ts"
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

/** The currency says what an amount is, so it stays beside amounts. */
const chosen = ({ columns }: RecordsResponse, keys: ReadonlyArray<string> | undefined) => {
  if (keys === undefined) return columns
  const kept = columns.filter(({ key }) => keys.includes(key))
  const hasMoney = kept.some(({ kind }) => kind === "money")
  return hasMoney ? columns.filter((column) => column.key === "currency" || kept.includes(column)) : kept
}

type Read = Records["Service"]["page"]

type Page<C> = Effect.Effect<RecordsResponse, InvalidRequest | ListChanged | Unreachable | RoleChanged | C>

/** The next page is read only when the previous page has been sent. */
export const recordFile = Effect.fnUntraced(function*<C>(
  records: Records["Service"],
  format: keyof typeof formats,
  admission: Admitted<C>,
  { cursor: _cursor, limit: _limit, part: _part, ...asked }: RecordsRequest,
  locale: string,
  { batch, maxRecords } = limits
) {
  const { caller } = admission
  const pageBy = (read: Read, cursor?: string) =>
    Effect.flatMap(read(caller, { ...asked, limit: batch, ...(cursor !== undefined && { cursor }) }), sound)
  const check = yield* laterPageCheck(admission)
  const pageAfter = (cursor: string): Page<C> => Effect.andThen(check, pageBy(records.laterPage, cursor))
  const first = yield* pageBy(records.page)
  if (first.total !== null && first.total > maxRecords) {
    const message =
      `A file has at most ${maxRecords} records, and these are ${first.total}. Ask for a point or a shorter timeframe.`
    return yield* InvalidRequest.because(message)
  }
  const sheet = yield* Effect.promise(() =>
    formats[format]({ ...first, columns: chosen(first, asked.columns) }, asked, locale)
  )
  const start = Stream.make(sheet.start)
  const rows = Stream.paginate(Effect.succeed(first), (page: Page<C>) =>
    Effect.gen(function*() {
      const { next, results } = yield* page
      const bytes = yield* Effect.promise(() => sheet.rows(results))
      return [[bytes], Option.map(Option.fromNullOr(next), pageAfter)] as const
    }))
  return start.pipe(Stream.concat(rows), Stream.concat(Stream.fromEffect(Effect.promise(sheet.end))))
})
