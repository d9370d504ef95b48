import { Context, DateTime, Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { Caller } from "../../domain/Caller.ts"
import type { Options } from "../../domain/Options.ts"
import { none } from "../../domain/reservedKeys.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { leads, type Tables } from "../../metrics/crm.ts"
import { valueLabel } from "../../metrics/labels.ts"
import { byCodePoint, byLabel } from "../../query/series/sort.ts"
import { Admission } from "../admission/Admission.ts"
import { queryRows } from "../database/statements.ts"
import { organizationDefaults } from "./Organizations.ts"

interface RawOptions {
  readonly organization: Omit<Options["organization"], "id"> | undefined
  readonly people: ReadonlyArray<{ readonly id: string; readonly name: string; readonly hasLeft: boolean }>
  readonly tags: Options["tags"]
  readonly sources: ReadonlyArray<string>
  readonly statuses: ReadonlyArray<string>
}

const orderOf = (status: string) => {
  const index = leads.status.known.findIndex(({ value }) => value === status)
  return index === -1 ? leads.status.known.length : index
}

const byName = <A extends { readonly id: string; readonly name: string }>(rows: ReadonlyArray<A>) =>
  rows.toSorted((a, b) => byLabel({ key: a.id, label: a.name }, { key: b.id, label: b.name }))

const withCaller = (people: RawOptions["people"], { userId }: Caller): RawOptions["people"] =>
  people.some(({ id }) => id === userId) ? people : [...people, { id: userId, name: userId, hasLeft: false }]

const optionsOf = (raw: RawOptions, caller: Caller): Options => {
  const { organizationId, role, userId } = caller
  const people = byName(withCaller(raw.people, caller))
  return {
    caller: { id: userId, name: people.find(({ id }) => id === userId)?.name ?? userId, role },
    organization: { id: organizationId, name: organizationId, ...organizationDefaults, ...raw.organization },
    people,
    tags: byName(raw.tags),
    sources: raw.sources
      .toSorted((a, b) => Number(a === none) - Number(b === none) || byCodePoint(a, b))
      .map((value) => ({ value, label: valueLabel(leads.source, value === none ? null : value) })),
    statuses: raw.statuses
      .toSorted((a, b) => orderOf(a) - orderOf(b) || byCodePoint(a, b))
      .map((value) => ({ value, label: valueLabel(leads.status, value) }))
  }
}

const organizationRows = queryRows(
  Schema.Struct({ name: Schema.String, timeZone: Schema.String, weekStart: Schema.Int, currency: Schema.String })
)

const OptionRow = Schema.Struct({
  kind: Schema.Literals(["person", "tag", "source", "status"]),
  id: Schema.String,
  name: Schema.NullOr(Schema.String),
  color: Schema.NullOr(Schema.String),
  hasLeft: Schema.NullOr(Schema.Boolean)
})

const optionRows = queryRows(OptionRow)

const rawOptionsOf = (
  organization: RawOptions["organization"],
  rows: ReadonlyArray<typeof OptionRow.Type>
): RawOptions => {
  const of = (kind: (typeof OptionRow.Type)["kind"]) => rows.filter((row) => row.kind === kind)
  return {
    organization,
    people: of("person").map(({ hasLeft, id, name }) => ({ id, name: name ?? id, hasLeft: hasLeft === true })),
    tags: of("tag").map(({ color, id, name }) => ({ id, name: name ?? id, color: color ?? "" })),
    sources: of("source").map(({ id }) => id),
    statuses: of("status").map(({ id }) => id)
  }
}

export class BuilderOptions extends Context.Service<BuilderOptions, {
  of(caller: Caller): Effect.Effect<Options, Unreachable>
}>()("crm-reports/services/access/BuilderOptions") {
  static readonly layerSql = Layer.effect(
    BuilderOptions,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const queryOrganizations = yield* organizationRows
      const queryOptions = yield* optionRows
      const admission = yield* Admission
      const statement = (caller: Caller, now: Date) => {
        const { organizationId, userId } = caller
        const isAdmin = caller.role === "admin"
        return sql`
          WITH people AS (
            SELECT m.user_id, m.name, m.left_at <= ${now} AS has_left FROM crm.members m
            WHERE m.organization_id = ${organizationId} AND (${isAdmin}::boolean OR m.user_id = ${userId})
          ), ids AS (
            SELECT array_agg(user_id) || ${userId}::text AS all_of_them FROM people
          ), seen AS (
            SELECT r.status, r.source, r.tag_ids FROM crm.leads r, ids
            WHERE r.organization_id = ${organizationId}
              AND (${isAdmin}::boolean OR r.owner_id = ANY (ids.all_of_them) OR r.assignee_ids && ids.all_of_them)
          )
          SELECT 'person' AS kind, user_id AS id, name, NULL::text AS color, has_left AS "hasLeft" FROM people
          UNION ALL
          SELECT 'tag', t.tag_id::text, t.name, t.color, NULL FROM crm.tags t
          WHERE t.organization_id = ${organizationId}
            AND (t.archived_at IS NULL OR t.archived_at > ${now})
            AND t.tag_id IN (SELECT unnest(tag_ids) FROM seen)
          UNION ALL
          SELECT DISTINCT 'source', coalesce(source, ${none}), NULL, NULL, NULL::boolean FROM seen
          UNION ALL
          SELECT DISTINCT 'status', status, NULL, NULL, NULL::boolean FROM seen
        `
      }
      const of = Effect.fnUntraced(function*(caller: Caller) {
        const now = (yield* DateTime.now).epochMilliseconds
        const withConnection = admission.withConnection(caller.organizationId)
        const [organization] = yield* queryOrganizations(withConnection(sql`
          SELECT o.name, o.time_zone AS "timeZone", o.week_start AS "weekStart", o.currency FROM crm.organizations o
          WHERE o.organization_id = ${caller.organizationId}
        `))
        const rows = yield* queryOptions(withConnection(statement(caller, new Date(now))))
        return optionsOf(rawOptionsOf(organization, rows), caller)
      })
      return { of }
    })
  )

  static readonly layerMemory = (tables: Tables) =>
    Layer.succeed(BuilderOptions, {
      of: Effect.fnUntraced(function*(caller) {
        const { organizationId, role, userId } = caller
        const now = (yield* DateTime.now).epochMilliseconds
        const organization = tables.organizations.find((row) => row.organizationId === organizationId)
        const people = tables.members
          .filter((row) => row.organizationId === organizationId && (role === "admin" || row.userId === userId))
          .map(({ leftAt, name, userId }) => ({ id: userId, name, hasLeft: leftAt !== null && leftAt <= now }))
        const isSeen = (id: string | null) => id === userId || people.some((person) => person.id === id)
        const seen = tables.leads.filter((lead) =>
          lead.organizationId === organizationId &&
          (role === "admin" || isSeen(lead.ownerId) || lead.assigneeIds.some(isSeen))
        )
        return optionsOf(
          {
            organization: organization && {
              name: organization.name,
              timeZone: organization.timeZone,
              weekStart: organization.weekStart,
              currency: organization.currency
            },
            people,
            tags: tables.tags
              .filter((tag) =>
                tag.organizationId === organizationId && (tag.archivedAt === null || tag.archivedAt > now) &&
                seen.some((lead) => lead.tagIds.includes(tag.tagId))
              )
              .map(({ color, name, tagId }) => ({ id: tagId, name, color })),
            sources: [...new Set(seen.map(({ source }) => source ?? none))],
            statuses: [...new Set(seen.map(({ status }) => status))]
          },
          caller
        )
      })
    })
}
