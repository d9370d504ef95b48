import { Context, Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { OrgId } from "../domain/Ids.ts"
import { UserId } from "../domain/Ids.ts"
import type { Organization } from "../domain/Scope.ts"
import type { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import type { Tables } from "../metrics/populations.ts"
import { lines, organization } from "../query/compile/Statement.ts"
import { soon } from "./Database.ts"
import { type Rider, riding } from "./riding.ts"

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
  /** The same for entries that say the same. */
  readonly told: string
}

/** What an organization that the CRM does not know yet lives by. */
const unknown = { timeZone: "UTC", weekStart: 1, currency: "EUR" }

const Known = Schema.Struct({
  timeZone: Schema.NullOr(Schema.String),
  weekStart: Schema.NullOr(Schema.Int),
  currency: Schema.NullOr(Schema.String),
  userId: Schema.NullOr(UserId),
  name: Schema.NullOr(Schema.String),
  leftAt: Schema.NullOr(Schema.String)
})

const decode = Schema.decodeUnknownEffect(Schema.Array(Known))
const decodeRows = Schema.decodeUnknownEffect(Schema.Array(Schema.Struct({ answer: Schema.String })))

/** A text a member, or only one. */
const textAt: Rider["textAt"] = (place) =>
  lines(
    "SELECT row_to_json(q)::text AS answer FROM (",
    `SELECT o.time_zone AS "timeZone", o.week_start AS "weekStart", o.currency,`,
    `  m.user_id AS "userId", m.name, m.left_at AS "leftAt"`,
    "FROM (SELECT 1) AS one",
    `LEFT JOIN crm.organizations o ON o.organization_id = ${organization}`,
    `LEFT JOIN crm.members m ON m.organization_id = ${organization} AND m.user_id = ANY (${place}::text[])`,
    ") q"
  )

export const questionAbout = (organizationId: OrgId, userIds: ReadonlyArray<string>): Rider => ({
  organizationId,
  param: userIds,
  textAt
})

const entryOf = (organizationId: OrgId, known: ReadonlyArray<typeof Known.Type>, told: string): Entry => {
  const [first] = known
  return {
    told,
    organization: {
      organizationId,
      timeZone: first?.timeZone ?? unknown.timeZone,
      weekStart: first?.weekStart ?? unknown.weekStart,
      currency: first?.currency ?? unknown.currency
    },
    members: known.flatMap(({ leftAt, name, userId }) =>
      userId === null ? [] : [{ userId, name: name ?? userId, leftAt: leftAt === null ? null : Date.parse(leftAt) }]
    )
  }
}

/** For one whose question cannot ride. */
export const besideOf =
  (lookUp: Directory["Service"]["lookUp"]): Directory["Service"]["lookUpBeside"] =>
  (organizationId, userIds, last, work) =>
    Effect.map(
      Effect.all({ done: work, entry: lookUp(organizationId, userIds) }, { concurrency: "unbounded" }),
      ({ done, entry }) => ({ done, entry: entry.told === last.told ? last : entry })
    )

export class Directory extends Context.Service<Directory, {
  lookUp(organizationId: OrgId, userIds: ReadonlyArray<string>): Effect.Effect<Entry, Unavailable | TimedOut>
  /** Looks up while the work, which is about the same organization, is done; `last` itself where nothing has changed. */
  lookUpBeside<A, E, R>(
    organizationId: OrgId,
    userIds: ReadonlyArray<string>,
    last: Entry,
    work: Effect.Effect<A, E, R>
  ): Effect.Effect<{ readonly done: A; readonly entry: Entry }, E | Unavailable | TimedOut, R>
}>()("crm-reports/services/Directory") {
  static readonly layerSql = Layer.effect(
    Directory,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const asked = Effect.fnUntraced(function*({ organizationId, param, textAt }: Rider) {
        const rows = yield* soon(sql.unsafe(textAt("$2"), [organizationId, param]))
        return (yield* Effect.orDie(decodeRows(rows))).map(({ answer }) => answer)
      })
      const read = (organizationId: OrgId, answers: ReadonlyArray<string>, last?: Entry) => {
        const told = answers.join()
        if (told === last?.told) return Effect.succeed(last)
        const known = Effect.orDie(decode(answers.map((answer): unknown => JSON.parse(answer))))
        return Effect.map(known, (known) => entryOf(organizationId, known, told))
      }
      const lookUp = Effect.fnUntraced(function*(organizationId: OrgId, userIds: ReadonlyArray<string>) {
        return yield* read(organizationId, yield* asked(questionAbout(organizationId, userIds)))
      })
      const lookUpBeside = <A, E, R>(
        organizationId: OrgId,
        userIds: ReadonlyArray<string>,
        last: Entry,
        work: Effect.Effect<A, E, R>
      ) => {
        const question = questionAbout(organizationId, userIds)
        return Effect.flatMap(
          riding(question, asked(question))(work),
          ({ answers, done }) => Effect.map(read(organizationId, answers, last), (entry) => ({ done, entry }))
        )
      }
      return { lookUp, lookUpBeside }
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
        return { organization, members, told: JSON.stringify([organization, members]) }
      })
    return Layer.succeed(Directory, { lookUp, lookUpBeside: besideOf(lookUp) })
  }
}
