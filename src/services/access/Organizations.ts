import { Cache, Context, Effect, Layer, Schema, type Scope } from "effect"
import { identity } from "effect/Function"
import { SqlClient } from "effect/sql"
import { randomBytes } from "node:crypto"
import { type OrgId, UserId } from "../../domain/Ids.ts"
import { nobody } from "../../domain/reservedKeys.ts"
import type { AccessVersion, Organization } from "../../domain/Scope.ts"
import { sharedCache } from "../../domain/shared.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { Tables } from "../../metrics/crm.ts"
import { isOneOf, lines, oneOrAll, organization } from "../../query/sql/Statement.ts"
import { decodeRow, SqlFailures } from "../database/statements.ts"
import { type AccessCheck, accessCheck, type AccessQuery } from "./accessQuery.ts"

interface Member {
  readonly userId: UserId
  readonly name: string
  /** `leftAt` is in epoch milliseconds. */
  readonly leftAt: number | null
}

export interface Membership {
  readonly organization: Organization
  readonly members: ReadonlyArray<Member>
  readonly fingerprint: string
}

export const organizationDefaults = { timeZone: "UTC", weekStart: 1, currency: "EUR" }

const Answer = Schema.fromJsonString(Schema.Struct({
  organization: Schema.NullOr(
    Schema.Struct({ timeZone: Schema.String, weekStart: Schema.Int, currency: Schema.String })
  ),
  members: Schema.Array(
    Schema.Struct({ userId: UserId, name: Schema.String, leftAt: Schema.NullOr(Schema.String) })
  )
}))

const decodeAnswer = Schema.decodeUnknownEffect(Answer)
const decodeAnswerRow = decodeRow(Schema.Struct({ answer: Schema.String }))

const decodeSecret = decodeRow(Schema.Struct({ secret: Schema.String }))

const newSecret = () => randomBytes(32).toString("base64url")

const secrets = { capacity: 10_000, keptMillis: 60_000 }

/** A list may contain `~nobody`. */
export type Selected = "everyone" | ReadonlyArray<string>

/** The service compares results of this query as text, so the query sorts the members. */
const textFor = (isSelected: (people: string) => string): AccessQuery["textFor"] => (people) =>
  lines(
    "SELECT json_build_object('organization', (",
    "SELECT json_build_object('timeZone', o.time_zone, 'weekStart', o.week_start, 'currency', o.currency)",
    `FROM crm.organizations o WHERE o.organization_id = ${organization}`,
    "), 'members', (",
    "SELECT coalesce(json_agg(",
    "json_build_object('userId', m.user_id, 'name', m.name, 'leftAt', m.left_at) ORDER BY m.user_id",
    "), '[]'::json)",
    `FROM crm.members m WHERE m.organization_id = ${organization} AND ${isSelected(people)}`,
    "))::text AS answer"
  )
const textForOne = textFor((people) => isOneOf("m.user_id", people, true))
const textForSome = textFor((people) => isOneOf("m.user_id", people, false))
const textForEveryone = textFor(() => "true")
const textOfDigest = lines("SELECT md5(q.answer) AS answer FROM (", textForEveryone(""), ") q")

export const accessQueryFor = (organizationId: OrgId, selected: Selected): AccessQuery => {
  // Only all members together tell which rows are nobody's.
  if (selected === "everyone" || selected.includes(nobody)) {
    return { organizationId, params: [], textFor: textForEveryone }
  }
  const people = oneOrAll(selected)
  return { organizationId, params: [people], textFor: typeof people === "string" ? textForOne : textForSome }
}

const membershipOf = (
  organizationId: OrgId,
  { members, organization }: typeof Answer.Type,
  fingerprint: string
): Membership => ({
  fingerprint,
  organization: { organizationId, ...(organization ?? organizationDefaults) },
  members: members.map(({ leftAt, name, userId }) => ({
    userId,
    name,
    leftAt: leftAt === null ? null : Date.parse(leftAt)
  }))
})

export const separateCheck = (
  lookUp: Effect.Effect<Membership, Unreachable>,
  last: Membership
): AccessCheck<Membership> => ({
  version: undefined,
  confirm: Effect.void,
  attachTo: identity,
  answer: Effect.map(lookUp, (membership) => membership.fingerprint === last.fingerprint ? last : membership)
})

export class Organizations extends Context.Service<Organizations, {
  lookUp(organizationId: OrgId, selected: Selected): Effect.Effect<Membership, Unreachable>
  /** If nothing has changed, the answer of the check is the object `last` itself. */
  revalidate(
    organizationId: OrgId,
    selected: Selected,
    last: Membership,
    version?: AccessVersion
  ): Effect.Effect<AccessCheck<Membership>, never, Scope.Scope>
  /** Returns a hash of the access query's result for everyone. */
  digest(organizationId: OrgId): Effect.Effect<string, Unreachable>
  /** Returns the secret of the organization, which is the same in all processes. */
  secret(organizationId: OrgId): Effect.Effect<string, Unreachable>
}>()("crm-reports/services/access/Organizations") {
  static readonly layerSql = Layer.effect(
    Organizations,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const { withSqlDeadline } = yield* SqlFailures

      const sendText = (text: string, params: AccessQuery["params"], organizationId: string) =>
        sql.unsafe(text, [organizationId, ...params]).pipe(
          withSqlDeadline,
          decodeAnswerRow,
          Effect.map(({ answer }) => answer)
        )
      const send = ({ organizationId, params, textFor }: AccessQuery) => sendText(textFor("$2"), params, organizationId)
      const read = (organizationId: OrgId, fingerprint: string) =>
        Effect.map(
          Effect.orDie(decodeAnswer(fingerprint)),
          (answer) => membershipOf(organizationId, answer, fingerprint)
        )

      const lookUp = Effect.fnUntraced(function*(organizationId: OrgId, selected: Selected) {
        return yield* read(organizationId, yield* send(accessQueryFor(organizationId, selected)))
      })
      const revalidate = (organizationId: OrgId, selected: Selected, last: Membership, version?: AccessVersion) => {
        // A replica often confirms the answer, so the access query is made only when it is sent.
        const query = () => accessQueryFor(organizationId, selected)
        const sendAlone = Effect.suspend(() => send(query()))
        const known = { answer: last.fingerprint, version }
        return Effect.map(accessCheck(organizationId, query, sendAlone, known), (check) => ({
          ...check,
          answer: Effect.flatMap(
            check.answer,
            (answer) => answer === last.fingerprint ? Effect.succeed(last) : read(organizationId, answer)
          )
        }))
      }
      const digest = (organizationId: OrgId) => sendText(textOfDigest, [], organizationId)
      const storeSecret = (organizationId: OrgId) =>
        withSqlDeadline(sql`
          INSERT INTO crm_report_secrets AS s (organization_id, secret) VALUES (${organizationId}, ${newSecret()})
          ON CONFLICT (organization_id) DO UPDATE SET secret = s.secret RETURNING s.secret
        `)
      // A read-only database has the secrets that were stored before.
      const secret = yield* sharedCache({
        capacity: secrets.capacity,
        cacheMillis: () => secrets.keptMillis,
        fromCaller: Context.empty,
        lookup: (organizationId: OrgId) =>
          sql`SELECT s.secret FROM crm_report_secrets s WHERE s.organization_id = ${organizationId}`.pipe(
            withSqlDeadline,
            Effect.flatMap((stored) => stored.length === 0 ? storeSecret(organizationId) : Effect.succeed(stored)),
            decodeSecret,
            Effect.map(({ secret }) => secret)
          )
      })
      return { lookUp, revalidate, digest, secret: (organizationId: OrgId) => Cache.get(secret, organizationId) }
    })
  )

  static readonly layerMemory = (tables: Tables) => {
    const lookUp = (organizationId: OrgId, selected: Selected) =>
      Effect.sync(() => {
        const isSelected = (userId: string) =>
          selected === "everyone" || selected.includes(nobody) || selected.includes(userId)
        const stored = tables.organizations.find((row) => row.organizationId === organizationId)
        const organization = { ...organizationDefaults, ...stored, organizationId }
        const members = tables.members
          .filter((row) => row.organizationId === organizationId && isSelected(row.userId))
          .map(({ leftAt, name, userId }) => ({ userId: UserId.make(userId), name, leftAt }))
        return { organization, members, fingerprint: JSON.stringify([organization, members]) }
      })
    const revalidate = (organizationId: OrgId, selected: Selected, last: Membership) =>
      Effect.succeed(separateCheck(lookUp(organizationId, selected), last))
    const digest = (organizationId: OrgId) =>
      Effect.map(lookUp(organizationId, "everyone"), ({ fingerprint }) => fingerprint)
    const secret = (organizationId: OrgId) => Effect.succeed(`memory ${organizationId}`)
    return Layer.succeed(Organizations, { lookUp, revalidate, digest, secret })
  }
}
