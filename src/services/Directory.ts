import { Context, Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { OrgId } from "../domain/Ids.ts"
import { UserId } from "../domain/Ids.ts"
import type { Organization } from "../domain/Scope.ts"
import type { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import type { Tables } from "../metrics/populations.ts"
import { lines, organization } from "../query/compile/Statement.ts"
import { soon } from "./Database.ts"
import { type Rider, ridersBucket, riding, type Rows } from "./riding.ts"

interface Member {
  readonly userId: UserId
  readonly name: string
  /** Epoch milliseconds. */
  readonly leftAt: number | null
}

/** What the CRM says about an organization, and about those of the ids that are its members. */
export interface Entry {
  readonly organization: Organization
  readonly members: ReadonlyArray<Member>
}

/** What an organization that the CRM does not know yet lives by. */
const unknown = { timeZone: "UTC", weekStart: 1, currency: "EUR" }

/** One a member, or only one, in the columns of a tally: `n`, `d` and `deals` are the zone, the week and the leaving. */
const Row = Schema.Struct({
  currency: Schema.NullOr(Schema.String),
  group: Schema.NullOr(UserId),
  label: Schema.NullOr(Schema.String),
  n: Schema.NullOr(Schema.String),
  d: Schema.NullOr(Schema.String),
  deals: Schema.NullOr(Schema.String)
})

const decode = Schema.decodeUnknownEffect(Schema.Array(Row))

/** Whether or not the CRM knows the organization. */
export const questionAbout = (userIds: ReadonlyArray<string>): Rider => ({
  param: userIds,
  textAt: (place) =>
    lines(
      `SELECT ${ridersBucket} AS bucket, o.currency, m.user_id AS "group", m.name AS label, o.time_zone AS n,`,
      "  o.week_start::text AS d, floor(extract(epoch FROM m.left_at) * 1000)::text AS deals, NULL::text AS price",
      "FROM (SELECT 1) AS one",
      `LEFT JOIN crm.organizations o ON o.organization_id = ${organization}`,
      `LEFT JOIN crm.members m ON m.organization_id = ${organization} AND m.user_id = ANY (${place}::text[])`
    )
})

const numberOr = <A>(text: string | null | undefined, other: A) => text == null ? other : Number(text)

const entryOf = (organizationId: OrgId, rows: ReadonlyArray<typeof Row.Type>): Entry => {
  const [first] = rows
  return {
    organization: {
      organizationId,
      timeZone: first?.n ?? unknown.timeZone,
      weekStart: numberOr(first?.d, unknown.weekStart),
      currency: first?.currency ?? unknown.currency
    },
    members: rows.flatMap(({ deals: leftAt, group: userId, label }) =>
      userId === null ? [] : [{ userId, name: label ?? userId, leftAt: numberOr(leftAt, null) }]
    )
  }
}

/** For one that has no statement of its own to take a question along. */
export const besideOf =
  (lookUp: Directory["Service"]["lookUp"]): Directory["Service"]["lookUpBeside"] => (organizationId, userIds, work) =>
    Effect.all({ done: work, entry: lookUp(organizationId, userIds) }, { concurrency: "unbounded" })

export class Directory extends Context.Service<Directory, {
  lookUp(organizationId: OrgId, userIds: ReadonlyArray<string>): Effect.Effect<Entry, Unavailable | TimedOut>
  /** Looks up while the work, which is about the same organization, is done. */
  lookUpBeside<A, E, R>(
    organizationId: OrgId,
    userIds: ReadonlyArray<string>,
    work: Effect.Effect<A, E, R>
  ): Effect.Effect<{ readonly done: A; readonly entry: Entry }, E | Unavailable | TimedOut, R>
}>()("crm-reports/services/Directory") {
  static readonly layerSql = Layer.effect(
    Directory,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const read = (organizationId: OrgId, rows: Rows) =>
        Effect.map(Effect.orDie(decode(rows)), (rows) => entryOf(organizationId, rows))
      const lookUp = Effect.fnUntraced(function*(organizationId: OrgId, userIds: ReadonlyArray<string>) {
        const rows = yield* soon(sql.unsafe(questionAbout(userIds).textAt("$2"), [organizationId, userIds]))
        return yield* read(organizationId, rows)
      })
      const lookUpBeside = Effect.fnUntraced(
        function*<A, E, R>(organizationId: OrgId, userIds: ReadonlyArray<string>, work: Effect.Effect<A, E, R>) {
          const { answer, done } = yield* riding(questionAbout(userIds))(work)
          const entry = yield* answer.length > 0 ? read(organizationId, answer) : lookUp(organizationId, userIds)
          return { done, entry }
        }
      )
      return { lookUp, lookUpBeside }
    })
  )

  static readonly layerMemory = (tables: Tables) => {
    const lookUp = (organizationId: OrgId, userIds: ReadonlyArray<string>) =>
      Effect.sync(() => {
        const known = tables.organizations.find((row) => row.organizationId === organizationId)
        return {
          organization: { ...unknown, ...known, organizationId },
          members: tables.members
            .filter((row) => row.organizationId === organizationId && userIds.includes(row.userId))
            .map(({ leftAt, name, userId }) => ({ userId: UserId.make(userId), name, leftAt }))
        }
      })
    return Layer.succeed(Directory, { lookUp, lookUpBeside: besideOf(lookUp) })
  }
}
