import { Effect, Option, Schema } from "effect"
import { createHmac, timingSafeEqual } from "node:crypto"
import type { Instant } from "../../domain/Calendar.ts"
import type { Caller } from "../../domain/Caller.ts"
import { clockSkewMillis } from "../../domain/clocks.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import type { RecordsRequest } from "../../domain/Records.ts"
import { sha256OfJson } from "../../domain/sha256.ts"
import type { Plan } from "../../query/Plan.ts"
import type { PageStart, Point, Totals } from "../../query/Point.ts"

/** All pages of a list have the time, the currency, and the shown groups of the first page. */
export interface RecordCursor {
  readonly asOf: Instant
  readonly after: PageStart
  readonly currency: string | undefined
  readonly shown: ReadonlyArray<string>
  readonly list: string
}

/** Two pages with different digests belong to different lists. */
export const listDigest = ({ scope }: Plan, { boundaries, current, hasLowerBound }: Point): string => {
  const people = scope.people.map(({ userId }) => userId)
  return sha256OfJson({ people, allMembers: scope.allMembers, boundaries, current, hasLowerBound }).slice(0, 24)
}

/** A cursor may contain times of the years 0001 to 9998. */
const Millis = Schema.Int.check(Schema.isBetween({ minimum: -62_135_596_800_000, maximum: 253_370_764_799_999 }))

const Whole = Schema.String.check(Schema.isPattern(/^-?\d{1,60}$/))

const Parts = Schema.fromJsonString(
  Schema.Tuple([
    Millis,
    Millis,
    Schema.String,
    Schema.NullOr(Schema.Tuple([Schema.Int, Whole, Whole])),
    Schema.NullOr(Schema.String),
    Schema.Array(Schema.String),
    Schema.String
  ])
)
const decode = Schema.decodeUnknownOption(Parts)

/** A cursor is valid for this many milliseconds. Another process, with another clock, may have made it. */
const lifetime = 86_400_000

const invalid = InvalidRequest.of([{
  path: "cursor",
  message: "is not a cursor of this list for this caller, or is older than a day: start without one"
}])

/** `seal` depends on the caller and the request, so a cursor is valid only for the same caller and the same list. */
export const cursorsFor = (secret: string, { organizationId, userId }: Caller, request: RecordsRequest) => {
  const { cursor: _cursor, limit: _limit, part: _part, ...asked } = request
  const owner = sha256OfJson({ organizationId, userId, ...asked })
  const seal = (content: string) => createHmac("sha256", secret).update(`${owner}.${content}`).digest()

  const textOf = ({ after: { at, id, totals }, asOf, currency, list, shown }: RecordCursor): string => {
    const sums = totals === undefined ? null : [totals.rows, String(totals.numerator), String(totals.denominator)]
    const content = Buffer.from(JSON.stringify([asOf, at, id, sums, currency ?? null, shown, list])).toString(
      "base64url"
    )
    return `${content}.${seal(content).toString("base64url")}`
  }

  const isSealed = (content: string, sent: Buffer): boolean => {
    const expected = seal(content)
    return sent.length === expected.length && timingSafeEqual(sent, expected)
  }

  const read = (text: string, now: Instant): Effect.Effect<RecordCursor, InvalidRequest> => {
    const [content = "", sent = ""] = text.split(".")
    if (!isSealed(content, Buffer.from(sent, "base64url"))) return Effect.fail(invalid)
    const parts = Option.getOrUndefined(decode(Buffer.from(content, "base64url").toString("utf8")))
    if (parts === undefined) return Effect.fail(invalid)
    const [asOf, at, id, sums, currency, shown, list] = parts
    if (asOf > now + clockSkewMillis || asOf < now - lifetime) return Effect.fail(invalid)
    const totals = sums === null ? undefined : totalsOf(sums)
    return Effect.succeed({ asOf, after: { at, id, totals }, currency: currency ?? undefined, shown, list })
  }
  return { textOf, read }
}

const totalsOf = (
  [rows, numerator, denominator]: readonly [rows: number, numerator: string, denominator: string]
): Totals => ({ rows, numerator: BigInt(numerator), denominator: BigInt(denominator) })
