import { Effect, Option, Schema } from "effect"
import type { Instant } from "../../domain/Calendar.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import { Text } from "../../domain/Text.ts"
import type { PageStart, Totals } from "../../query/Point.ts"

/** All pages of a list have the `asOf` of the first page. */
export interface RecordCursor {
  readonly asOf: Instant
  readonly after: PageStart
}

/** A cursor may contain times of the years 0001 to 9998. */
const Millis = Schema.Int.check(Schema.isBetween({ minimum: -62_135_596_800_000, maximum: 253_370_764_799_999 }))

const Whole = Schema.String.check(Schema.isPattern(/^-?\d{1,60}$/))

const Parts = Schema.fromJsonString(
  Schema.Tuple([
    Millis,
    Millis,
    Text({ maximum: 1_000 }),
    Schema.NullOr(Schema.Tuple([Schema.Int, Whole, Whole]))
  ])
)
const decode = Schema.decodeUnknownOption(Parts)

/** A cursor is valid for this many milliseconds. */
const lifetime = 86_400_000

const invalid = InvalidRequest.of([{
  path: "cursor",
  message: "is not a valid cursor, or is older than a day: start without one"
}])

export const cursorText = ({ after: { at, id, totals }, asOf }: RecordCursor): string => {
  const sums = totals === undefined ? null : [totals.rows, String(totals.numerator), String(totals.denominator)]
  return Buffer.from(JSON.stringify([asOf, at, id, sums])).toString("base64url")
}

const totalsOf = (
  [rows, numerator, denominator]: readonly [rows: number, numerator: string, denominator: string]
): Totals => ({ rows, numerator: BigInt(numerator), denominator: BigInt(denominator) })

export const cursorOf = (text: string, now: Instant): Effect.Effect<RecordCursor, InvalidRequest> => {
  const parts = Option.getOrUndefined(decode(Buffer.from(text, "base64url").toString("utf8")))
  if (parts === undefined) return Effect.fail(invalid)
  const [asOf, at, id, sums] = parts
  if (asOf > now || asOf < now - lifetime) return Effect.fail(invalid)
  return Effect.succeed({ asOf, after: { at, id, totals: sums === null ? undefined : totalsOf(sums) } })
}
