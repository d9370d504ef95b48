import { Effect, Option, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { counted } from "../../domain/counted.ts"
import { organizationOwner } from "../../domain/Target.ts"
import { metricsById } from "../../metrics/all.ts"
import { decodeRow, decodeRows } from "../../services/database/statements.ts"
import { type Finding, isAsked, quoted } from "./Kind.ts"

const StoredTarget = Schema.Struct({
  organizationId: Schema.String,
  id: Schema.String,
  metricId: Schema.String,
  owner: Schema.String,
  periods: Schema.Array(Schema.String),
  currency: Schema.NullOr(Schema.String),
  currencyOfOrganization: Schema.NullOr(Schema.String),
  isMember: Schema.Boolean,
  leftOn: Schema.NullOr(Schema.String)
})
type StoredTarget = typeof StoredTarget.Type

const decodeTargets = decodeRows(StoredTarget)
const decodeTables = decodeRow(Schema.Struct({ isMade: Schema.Boolean }))

/** The first day of a period, such as `2026-10-01` for `2026-Q4`. */
const firstDayOf = (period: string): string => {
  const [year = "", part = "01"] = period.split("-")
  const month = part.startsWith("Q") ? String(Number(part.slice(1)) * 3 - 2).padStart(2, "0") : part
  return `${year}-${month}-01`
}

interface Fault {
  readonly kind: string
  readonly has: (target: StoredTarget) => boolean
  readonly said: (first: StoredTarget) => string
  readonly remedy: string
}

const faults: ReadonlyArray<Fault> = [
  {
    kind: "unknown_metric",
    has: ({ metricId }) => !metricsById.has(metricId),
    said: ({ metricId }) => `of a metric that is not in the catalog, such as ${quoted(metricId)}`,
    remedy: "delete the target, or create it again for another metric"
  },
  {
    kind: "unknown_person",
    has: ({ isMember, owner }) => !isMember && owner !== organizationOwner,
    said: ({ owner }) => `of a person who is not in members, such as ${quoted(owner)}`,
    remedy: "write the person to crm.members, or delete the target"
  },
  {
    kind: "person_left",
    has: ({ leftOn, periods }) => leftOn !== null && periods.some((period) => firstDayOf(period) > leftOn),
    said: ({ owner }) =>
      `of a time after the person left, such as ${quoted(owner)}, and still added to those of others`,
    remedy: "remove the values of later periods, or give them to another person"
  },
  {
    kind: "other_currency",
    has: ({ currency, currencyOfOrganization }) =>
      currency !== null && currencyOfOrganization !== null && currency !== currencyOfOrganization,
    said: ({ currency, currencyOfOrganization }) =>
      `in another currency than the organization, such as ${currency} instead of ${currencyOfOrganization}`,
    remedy: "change the currency of the target, unless most deals are in it"
  }
]

const byOrganization = (targets: ReadonlyArray<StoredTarget>) => [
  ...Map.groupBy(targets, ({ organizationId }) => organizationId).values()
]

const findingsIn = (targets: ReadonlyArray<StoredTarget>): ReadonlyArray<Finding> =>
  faults.flatMap(({ has, kind, remedy, said }) => {
    const found = targets.filter(has)
    const [first] = found
    if (first === undefined) return []
    const sentence = `${counted(found.length, "target is", "targets are")} ${said(first)}`
    const { id, organizationId } = first
    return [{ kind, organizationId, table: "targets", count: found.length, example: id, sentence, remedy }]
  })

/** Targets that do not fit the catalog, the people, or the currency of their organization. */
export const wrongTargets = Effect.fnUntraced(function*(only: Option.Option<string>) {
  const sql = yield* SqlClient.SqlClient
  const { isMade } = yield* decodeTables(sql`SELECT to_regclass('crm_report_targets') IS NOT NULL AS "isMade"`)
  if (!isMade) return []
  const targets = yield* decodeTargets(sql.unsafe(
    `SELECT t.organization_id AS "organizationId", t.id, t.metric_id AS "metricId", t.owner,
       ARRAY(SELECT jsonb_object_keys(t.period_values)) AS periods, t.currency,
       o.currency AS "currencyOfOrganization", m.user_id IS NOT NULL AS "isMember", m.left_at::date::text AS "leftOn"
     FROM crm_report_targets t
     LEFT JOIN crm.organizations o ON o.organization_id = t.organization_id
     LEFT JOIN crm.members m ON m.organization_id = t.organization_id AND m.user_id = t.owner AND t.owner <> $2
     WHERE ${isAsked}
     ORDER BY t.organization_id, t.id`,
    [Option.getOrNull(only), organizationOwner]
  ))
  return byOrganization(targets).flatMap(findingsIn)
})
