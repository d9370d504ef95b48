import { DateTime, Effect, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { SqlClient } from "effect/sql"
import { type Judging, leaseFor } from "../../../domain/Delivery.ts"
import { OrgId } from "../../../domain/Ids.ts"
import { queryRows } from "../../database/statements.ts"
import { isPaused } from "./sqlOrders.ts"
import type { AlertLook } from "./SubscriptionRepo.ts"

/** The alerts of an organization are judged by one process at a time, and all processes know the last judgement. */
export const sqlAlertLooks = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const random = yield* SecureRandom.SecureRandom
  const queryLooks = yield* queryRows(Schema.Struct({ organizationId: OrgId, looked: Schema.NullOr(Schema.String) }))
  const queryClaims = yield* queryRows(Schema.Struct({ claim: Schema.String }))

  const alertLooks = (now: DateTime.Utc) =>
    queryLooks(sql`
      SELECT DISTINCT s.organization_id AS "organizationId", l.looked FROM crm_report_subscriptions s
      LEFT JOIN crm_report_alert_looks l ON l.organization_id = s.organization_id
      WHERE s.alert IS NOT NULL AND NOT ${isPaused(sql)}
        AND (l.visible_at IS NULL OR l.visible_at <= ${DateTime.toDate(now)}::timestamptz)
    `)

  const takeAlerts = Effect.fnUntraced(function*({ looked, organizationId }: AlertLook, now: DateTime.Utc) {
    const [row] = yield* queryClaims(sql`
      INSERT INTO crm_report_alert_looks AS l (organization_id, visible_at, claim)
      VALUES (
        ${organizationId}, ${DateTime.toDate(DateTime.addDuration(now, leaseFor))}::timestamptz,
        ${yield* random.uuidV4()}::uuid
      )
      ON CONFLICT (organization_id) DO UPDATE SET visible_at = excluded.visible_at, claim = excluded.claim
      WHERE l.organization_id = ${organizationId} AND l.visible_at <= ${DateTime.toDate(now)}::timestamptz
        AND l.looked IS NOT DISTINCT FROM ${looked}::text
      RETURNING l.claim
    `)
    return row && { organizationId, claim: row.claim }
  })

  const keepAlerts = ({ claim, organizationId }: Judging, until: DateTime.Utc, looked?: string) =>
    Effect.map(
      queryClaims(sql`
        UPDATE crm_report_alert_looks l
        SET visible_at = ${DateTime.toDate(until)}::timestamptz, looked = COALESCE(${looked ?? null}::text, l.looked)
        WHERE l.organization_id = ${organizationId} AND l.claim = ${claim}::uuid
        RETURNING l.claim
      `),
      (rows) => rows.length > 0
    )

  return { alertLooks, takeAlerts, keepAlerts }
})
