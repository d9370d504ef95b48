import { Effect, Option, Schema } from "effect"
import type { Instant } from "../../domain/Calendar.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import { Text } from "../../domain/Text.ts"
import type { Position } from "../../query/Point.ts"

/** A cursor keeps the `asOf` of the first page. */
export interface RecordCursor {
  readonly asOf: Instant
  readonly after: Position
}

/** Accepts the years 0001 to 9998. */
const Millis = Schema.Int.check(Schema.isBetween({ minimum: -62_135_596_800_000, maximum: 253_370_764_799_999 }))

const Parts = Schema.fromJsonString(Schema.Tuple([Millis, Millis, Text({ maximum: 1_000 })]))
const decode = Schema.decodeUnknownOption(Parts)

/** A cursor is valid for one day after the first page. */
const lifetime = 86_400_000

const invalid = InvalidRequest.of([{
  path: "cursor",
  message: "is not a valid cursor, or is older than a day: start without one"
}])

export const cursorText = ({ after: { at, id }, asOf }: RecordCursor): string =>
  Buffer.from(JSON.stringify([asOf, at, id])).toString("base64url")

export const cursorOf = (text: string, now: Instant): Effect.Effect<RecordCursor, InvalidRequest> => {
  const parts = Option.getOrUndefined(decode(Buffer.from(text, "base64url").toString("utf8")))
  if (parts === undefined) return Effect.fail(invalid)
  const [asOf, at, id] = parts
  return asOf > now || asOf < now - lifetime ? Effect.fail(invalid) : Effect.succeed({ asOf, after: { at, id } })
}
