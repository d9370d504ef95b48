import { Context, Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { OrgId } from "../domain/Ids.ts"
import { UserId } from "../domain/Ids.ts"
import type { Organization } from "../domain/Scope.ts"
import type { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import type { Tables } from "../metrics/populations.ts"
import { isOneOf, lines, oneOrAll, organization } from "../query/compile/Statement.ts"
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

/** One member; a line without one tells of the organization alone. */
const Line = Schema.fromJsonString(Schema.Struct({
  timeZone: Schema.NullOr(Schema.String),
  weekStart: Schema.NullOr(Schema.Int),
  currency: Schema.NullOr(Schema.String),
  userId: Schema.NullOr(UserId),
  name: Schema.NullOr(Schema.String),
  leftAt: Schema.NullOr(Schema.String)
}))

const decode = Schema.decodeUnknownEffect(Schema.NonEmptyArray(Line))
const decodeRows = Schema.decodeUnknownEffect(Schema.Array(Schema.Struct({ answer: Schema.String })))

const textAbout = (isOne: boolean): Rider["textAt"] => (place) =>
  lines(
    "SELECT json_build_object(",
    "'timeZone', o.time_zone, 'weekStart', o.week_start, 'currency', o.currency,",
    "'userId', m.user_id, 'name', m.name, 'leftAt', m.left_at",
    ")::text AS answer",
    "FROM (SELECT) AS always",
    `LEFT JOIN crm.organizations o ON o.organization_id = ${organization}`,
    `LEFT JOIN crm.members m ON m.organization_id = ${organization}`,
    `AND ${isOneOf("m.user_id", place, isOne)}`
  )
const textAboutOne = textAbout(true)
const textAboutAll = textAbout(false)

export const questionAbout = (organizationId: OrgId, userIds: ReadonlyArray<string>): Rider => ({
  organizationId,
  people: oneOrAll(userIds),
  textAt: userIds.length === 1 ? textAboutOne : textAboutAll
})

const organizationOf = (organizationId: OrgId, { currency, timeZone, weekStart }: typeof Line.Type): Organization =>
  timeZone === null || weekStart === null || currency === null
    ? { ...unknown, organizationId }
    : { timeZone, weekStart, currency, organizationId }

const membersOf = ({ leftAt, name, userId }: typeof Line.Type): ReadonlyArray<Member> =>
  userId === null || name === null ? [] : [{ userId, name, leftAt: leftAt === null ? null : Date.parse(leftAt) }]

/** Lines come in any order. */
const toldBy = (answers: ReadonlyArray<string>): string => answers.toSorted().join("\n")

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
      const asked = Effect.fnUntraced(function*({ organizationId, people, textAt }: Rider) {
        const rows = yield* soon(sql.unsafe(textAt("$2"), [organizationId, people]))
        return (yield* Effect.orDie(decodeRows(rows))).map(({ answer }) => answer)
      })
      const read = Effect.fnUntraced(function*(organizationId: OrgId, answers: ReadonlyArray<string>) {
        const lines = yield* Effect.orDie(decode(answers))
        return {
          organization: organizationOf(organizationId, lines[0]),
          members: lines.flatMap(membersOf),
          told: toldBy(answers)
        }
      })
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
        return Effect.flatMap(riding(question, asked(question))(work), ({ answers, done }) => {
          const entry = toldBy(answers) === last.told ? Effect.succeed(last) : read(organizationId, answers)
          return Effect.map(entry, (entry) => ({ done, entry }))
        })
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
