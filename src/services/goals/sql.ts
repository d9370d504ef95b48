import { Effect, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { SqlClient } from "effect/sql"
import { refuseMembers } from "../../domain/AdminsOnly.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { OrgId, TargetId } from "../../domain/Ids.ts"
import { isEmptyUpdate } from "../../domain/Report.ts"
import { sha256OfJson } from "../../domain/sha256.ts"
import { StageWeights } from "../../domain/StageWeights.ts"
import {
  type NewTarget,
  ownersFor,
  ownersIn,
  Target,
  TargetExists,
  TargetNotFound,
  type TargetPage,
  type TargetsAsked,
  type UpdateTarget
} from "../../domain/Target.ts"
import { decodeRow, decodeRows, queryRows, snapshotTransaction, SqlFailures } from "../database/statements.ts"

const TargetRow = Schema.Struct({
  ...Target.fields,
  createdAt: Schema.DateTimeUtcFromDate,
  updatedAt: Schema.DateTimeUtcFromDate
})

const decodeTargets = decodeRows(TargetRow)
const decodeCount = decodeRow(Schema.Struct({ count: Schema.Int }))

export const sqlGoals = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { withSqlDeadline } = yield* SqlFailures
  const random = yield* SecureRandom.SecureRandom
  const queryWeights = yield* queryRows(Schema.Struct({ weights: StageWeights }))
  const queryTargets = yield* queryRows(TargetRow)
  const queryDigest = yield* queryRows(Schema.Struct({ digest: Schema.String }))

  const columns = sql`t.id, t.metric_id AS "metricId", t.filters, t.owner AS "for", t.period,
    t.period_values AS "values", t.currency, t.created_at AS "createdAt", t.updated_at AS "updatedAt"`

  const readable = (caller: Caller) => {
    const owners = ownersFor(caller)
    return sql`t.organization_id = ${caller.organizationId}
      AND (${owners === undefined}::boolean OR t.owner = ANY (${owners ?? []}::text[]))`
  }

  const stageWeights = (organizationId: OrgId) =>
    Effect.map(
      queryWeights(sql`
        SELECT w.weights FROM crm_report_stage_weights w WHERE w.organization_id = ${organizationId}
      `),
      ([row]) => row?.weights ?? {}
    )

  const setStageWeights = Effect.fnUntraced(function*(caller: Caller, weights: StageWeights) {
    yield* refuseMembers(caller)
    yield* queryWeights(sql`
      INSERT INTO crm_report_stage_weights AS w (organization_id, weights)
      VALUES (${caller.organizationId}, ${JSON.stringify(weights)}::jsonb)
      ON CONFLICT (organization_id) DO UPDATE SET weights = EXCLUDED.weights
      RETURNING w.weights
    `)
    return weights
  })

  const listTargets = Effect.fnUntraced(
    function*(caller: Caller, { for: owner, limit, metricId, offset }: TargetPage) {
      const listed = sql`${readable(caller)}
        AND t.metric_id = coalesce(${metricId ?? null}::text, t.metric_id)
        AND t.owner = coalesce(${owner ?? null}::text, t.owner)`
      const results = yield* decodeTargets(sql`
        SELECT ${columns} FROM crm_report_targets t WHERE ${listed}
        ORDER BY t.created_at DESC, t.id LIMIT ${limit} OFFSET ${offset}
      `)
      const { count } = yield* decodeCount(sql`
        SELECT count(*)::int AS count FROM crm_report_targets t WHERE ${listed}
      `)
      return { results, total: count }
    },
    snapshotTransaction(sql),
    withSqlDeadline
  )

  const findTarget = Effect.fnUntraced(function*(caller: Caller, id: TargetId) {
    const [target] = yield* queryTargets(sql`
      SELECT ${columns} FROM crm_report_targets t WHERE t.id = ${id} AND ${readable(caller)}
    `)
    return target ?? (yield* new TargetNotFound())
  })

  const createTarget = Effect.fnUntraced(function*(caller: Caller, target: NewTarget) {
    yield* refuseMembers(caller)
    const { currency, filters, for: owner, metricId, period, values } = target
    const [created] = yield* queryTargets(sql`
      INSERT INTO crm_report_targets AS t (
        organization_id, id, metric_id, filters, filters_hash, owner, period, period_values, currency, created_at,
        updated_at
      )
      VALUES (
        ${caller.organizationId}, ${yield* random.uuidV4()}, ${metricId}, ${JSON.stringify(filters)}::jsonb,
        ${sha256OfJson(filters)}, ${owner}, ${period}, ${JSON.stringify(values)}::jsonb, ${currency},
        statement_timestamp(), statement_timestamp()
      )
      ON CONFLICT (organization_id, metric_id, owner, period, filters_hash) DO NOTHING
      RETURNING ${columns}
    `)
    return created ?? (yield* new TargetExists())
  })

  /** A single statement merges the values, so that two admins can change different months at the same time. */
  const updateTarget = Effect.fnUntraced(
    function*(caller: Caller, id: TargetId, change: UpdateTarget) {
      yield* refuseMembers(caller)
      if (isEmptyUpdate(change)) return yield* findTarget(caller, id)
      const { currency, values = {} } = change
      const removed = Object.keys(values).filter((key) => values[key] === null)
      const [changed] = yield* queryTargets(sql`
        UPDATE crm_report_targets t SET
          period_values = (t.period_values || ${JSON.stringify(values)}::jsonb) - ${removed}::text[],
          currency = coalesce(${currency ?? null}::text, t.currency),
          updated_at = GREATEST(now(), (t.updated_at AT TIME ZONE 'UTC' + interval '1 millisecond') AT TIME ZONE 'UTC')
        WHERE t.id = ${id} AND ${readable(caller)}
        RETURNING ${columns}
      `)
      return changed ?? (yield* new TargetNotFound())
    }
  )

  const removeTarget = Effect.fnUntraced(function*(caller: Caller, id: TargetId) {
    yield* refuseMembers(caller)
    const removed = yield* withSqlDeadline(sql`
      DELETE FROM crm_report_targets t WHERE t.id = ${id} AND ${readable(caller)} RETURNING t.id
    `)
    if (removed.length === 0) return yield* new TargetNotFound()
  })

  const targetsOf = (organizationId: OrgId, asked: TargetsAsked) =>
    queryTargets(sql`
      SELECT ${columns} FROM crm_report_targets t
      WHERE t.organization_id = ${organizationId}
        AND t.metric_id = ANY (${asked.metricIds}::text[]) AND t.owner = ANY (${ownersIn(asked)}::text[])
      ORDER BY t.owner, t.id
    `)

  const digest = (organizationId: OrgId) =>
    Effect.map(
      queryDigest(sql`
        SELECT md5(concat(
          (SELECT w.weights FROM crm_report_stage_weights w WHERE w.organization_id = ${organizationId}),
          (
            SELECT string_agg(concat(t.id, t.updated_at), ',' ORDER BY t.id) FROM crm_report_targets t
            WHERE t.organization_id = ${organizationId}
          )
        )) AS digest
      `),
      ([row]) => row?.digest ?? ""
    )

  return {
    stageWeights,
    setStageWeights,
    listTargets,
    findTarget,
    createTarget,
    updateTarget,
    removeTarget,
    targetsOf,
    digest
  }
})
