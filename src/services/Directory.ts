import { Context, Effect, Layer, Schema } from "effect"
import { SqlClient, SqlSchema } from "effect/sql"
import type { OrgId } from "../domain/Ids.ts"
import { UserId } from "../domain/Ids.ts"
import type { Organization } from "../domain/Scope.ts"
import type { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import type { Tables } from "../metrics/populations.ts"
import { soon } from "./Database.ts"

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

const Row = Schema.Struct({
  timeZone: Schema.NullOr(Schema.String),
  weekStart: Schema.NullOr(Schema.Int),
  currency: Schema.NullOr(Schema.String),
  userId: Schema.NullOr(UserId),
  name: Schema.NullOr(Schema.String),
  leftAt: Schema.NullOr(Schema.Date)
})

const entryOf = (organizationId: OrgId, rows: ReadonlyArray<typeof Row.Type>): Entry => {
  const [first] = rows
  return {
    organization: {
      organizationId,
      timeZone: first?.timeZone ?? unknown.timeZone,
      weekStart: first?.weekStart ?? unknown.weekStart,
      currency: first?.currency ?? unknown.currency
    },
    members: rows.flatMap(({ leftAt, name, userId }) =>
      userId === null ? [] : [{ userId, name: name ?? userId, leftAt: leftAt?.getTime() ?? null }]
    )
  }
}

export class Directory extends Context.Service<Directory, {
  lookUp(organizationId: OrgId, userIds: ReadonlyArray<string>): Effect.Effect<Entry, Unavailable | TimedOut>
}>()("crm-reports/services/Directory") {
  static readonly layerSql = Layer.effect(
    Directory,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const find = SqlSchema.findAll({
        Request: Schema.Struct({ organizationId: Schema.String, userIds: Schema.Array(Schema.String) }),
        Result: Row,
        execute: ({ organizationId, userIds }) =>
          sql`
            SELECT o.time_zone AS "timeZone", o.week_start AS "weekStart", o.currency,
              m.user_id AS "userId", m.name, m.left_at AS "leftAt"
            FROM (SELECT 1) AS one
            LEFT JOIN crm.organizations o ON o.organization_id = ${organizationId}
            LEFT JOIN crm.members m ON m.organization_id = ${organizationId} AND m.user_id = ANY (${userIds}::text[])
          `
      })
      const lookUp = Effect.fnUntraced(function*(organizationId: OrgId, userIds: ReadonlyArray<string>) {
        const rows = yield* find({ organizationId, userIds }).pipe(soon, Effect.catchTag("SchemaError", Effect.die))
        return entryOf(organizationId, rows)
      })
      return { lookUp }
    })
  )

  static readonly layerMemory = (tables: Tables) =>
    Layer.succeed(Directory, {
      lookUp: (organizationId, userIds) =>
        Effect.sync(() => {
          const known = tables.organizations.find((row) => row.organizationId === organizationId)
          return {
            organization: { ...unknown, ...known, organizationId },
            members: tables.members
              .filter((row) => row.organizationId === organizationId && userIds.includes(row.userId))
              .map(({ leftAt, name, userId }) => ({ userId: UserId.make(userId), name, leftAt }))
          }
        })
    })
}
