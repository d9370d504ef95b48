import { Context, Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { type OrgId, UserId } from "../../domain/Ids.ts"
import type { Organization } from "../../domain/Scope.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { Tables } from "../../metrics/crm.ts"
import { isOneOf, lines, oneOrAll, organization } from "../../query/sql/Statement.ts"
import { withSqlDeadline } from "../database/Database.ts"
import { type Rider, riding } from "./accessQuery.ts"

interface Member {
  readonly userId: UserId
  readonly name: string
  /** Epoch milliseconds. */
  readonly leftAt: number | null
}

/** What the CRM says about an organization, and about those of the ids that are its members. */
export interface Membership {
  readonly organization: Organization
  readonly members: ReadonlyArray<Member>
  /** The same for entries that say the same. */
  readonly fingerprint: string
}

/** What an organization that the CRM does not know yet lives by. */
const unknown = { timeZone: "UTC", weekStart: 1, currency: "EUR" }

/** Zone, first day of the week and currency: a list costs PostgreSQL less than an object. */
const KnownOrganization = Schema.Tuple([Schema.String, Schema.Int, Schema.String])
/** Id, name and when they left. */
const KnownMember = Schema.Tuple([UserId, Schema.String, Schema.NullOr(Schema.String)])
const Known = Schema.fromJsonString(
  Schema.Tuple([Schema.NullOr(KnownOrganization), Schema.NullOr(Schema.Array(KnownMember))])
)

const decode = Schema.decodeUnknownEffect(Known)
const decodeRows = Schema.decodeUnknownEffect(Schema.Tuple([Schema.Struct({ answer: Schema.String })]))

/** Members in any order: another one is news, and no harm. */
const textAbout = (isOne: boolean): Rider["textAt"] => (place) => {
  const listing = isOne ? "json_build_array" : "json_agg"
  return lines(
    "SELECT json_build_array((",
    "SELECT json_build_array(o.time_zone, o.week_start, o.currency) FROM crm.organizations o",
    `WHERE o.organization_id = ${organization}), (`,
    `SELECT ${listing}(json_build_array(m.user_id, m.name, m.left_at)) FROM crm.members m`,
    `WHERE m.organization_id = ${organization} AND ${isOneOf("m.user_id", place, isOne)}))::text AS answer`
  )
}
const textAboutOne = textAbout(true)
const textAboutAll = textAbout(false)

export const questionAbout = (organizationId: OrgId, userIds: ReadonlyArray<string>): Rider => {
  const people = oneOrAll(userIds)
  return { organizationId, people, textAt: typeof people === "string" ? textAboutOne : textAboutAll }
}

const organizationOf = (organizationId: OrgId, known: typeof KnownOrganization.Type | null): Organization => {
  if (known === null) return { organizationId, ...unknown }
  const [timeZone, weekStart, currency] = known
  return { organizationId, timeZone, weekStart, currency }
}

const memberOf = ([userId, name, leftAt]: typeof KnownMember.Type): Member => ({
  userId,
  name,
  leftAt: leftAt === null ? null : Date.parse(leftAt)
})

const entryOf = (
  organizationId: OrgId,
  [organization, members]: typeof Known.Type,
  fingerprint: string
): Membership => ({
  fingerprint,
  organization: organizationOf(organizationId, organization),
  members: (members ?? []).map(memberOf)
})

/** For one whose question cannot ride. */
export const besideOf =
  (lookUp: Organizations["Service"]["lookUp"]): Organizations["Service"]["revalidate"] =>
  (organizationId, userIds, last, work) =>
    Effect.map(
      Effect.all({ done: work, entry: lookUp(organizationId, userIds) }, { concurrency: "unbounded" }),
      ({ done, entry }) => ({ done, entry: entry.fingerprint === last.fingerprint ? last : entry })
    )

/** Zone, week, money and people of organizations, as the CRM has them now. */
export class Organizations extends Context.Service<Organizations, {
  lookUp(organizationId: OrgId, userIds: ReadonlyArray<string>): Effect.Effect<Membership, Unreachable>
  /** Looks up while the work, which is about the same organization, is done; `last` itself where nothing has changed. */
  revalidate<A, E, R>(
    organizationId: OrgId,
    userIds: ReadonlyArray<string>,
    last: Membership,
    work: Effect.Effect<A, E, R>
  ): Effect.Effect<{ readonly done: A; readonly entry: Membership }, E | Unreachable, R>
}>()("crm-reports/services/Directory") {
  static readonly layerSql = Layer.effect(
    Organizations,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const asked = Effect.fnUntraced(function*({ organizationId, people, textAt }: Rider) {
        const rows = yield* withSqlDeadline(sql.unsafe(textAt("$2"), [organizationId, people]))
        const [{ answer }] = yield* Effect.orDie(decodeRows(rows))
        return answer
      })
      const read = (organizationId: OrgId, fingerprint: string) =>
        Effect.map(Effect.orDie(decode(fingerprint)), (known) => entryOf(organizationId, known, fingerprint))
      const lookUp = Effect.fnUntraced(function*(organizationId: OrgId, userIds: ReadonlyArray<string>) {
        return yield* read(organizationId, yield* asked(questionAbout(organizationId, userIds)))
      })
      const revalidate = <A, E, R>(
        organizationId: OrgId,
        userIds: ReadonlyArray<string>,
        last: Membership,
        work: Effect.Effect<A, E, R>
      ) => {
        const question = questionAbout(organizationId, userIds)
        return Effect.flatMap(riding(question, asked(question))(work), ({ answer, done }) =>
          answer === last.fingerprint
            ? Effect.succeed({ done, entry: last })
            : Effect.map(read(organizationId, answer), (entry) => ({ done, entry })))
      }
      return { lookUp, revalidate }
    })
  )

  static readonly layerMemory = (tables: Tables) => {
    const lookUp = (organizationId: OrgId, userIds: ReadonlyArray<string>) =>
      Effect.sync(() => {
        const known = tables.organizations.find((row) => row.organizationId === organizationId)
        const organization = { ...unknown, ...known, organizationId }
        const members = tables.members
          .filter((row) => row.organizationId === organizationId && userIds.includes(row.userId))
          .map(({ leftAt, name, userId }) => ({ userId: UserId.make(userId), name, leftAt }))
        return { organization, members, fingerprint: JSON.stringify([organization, members]) }
      })
    return Layer.succeed(Organizations, { lookUp, revalidate: besideOf(lookUp) })
  }
}
