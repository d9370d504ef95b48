import { DateTime, Effect, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { SqlClient, type Statement } from "effect/sql"
import { type Alert, AlertState } from "../../../domain/Alert.ts"
import {
  type Addressee,
  type Claimed,
  DeliveryReason,
  isOfAddress,
  keptFor,
  leaseFor,
  mostHanded,
  type Outcome
} from "../../../domain/Delivery.ts"
import { type OrgId, SubscriptionId, UserId } from "../../../domain/Ids.ts"
import { failuresToPause } from "../../../domain/Subscription.ts"
import { organizationIds, queryRows, SqlFailures, transaction } from "../../database/statements.ts"
import { oldRows, totalOf } from "../oldRows.ts"

const ClaimedRow = Schema.Struct({
  id: Schema.String,
  subscriptionId: SubscriptionId,
  userId: UserId,
  claim: Schema.String,
  dueAt: Schema.DateTimeUtcFromDate,
  isTest: Schema.Boolean,
  attempts: Schema.Int,
  handed: Schema.Int,
  reason: Schema.NullOr(DeliveryReason),
  judged: Schema.NullOr(AlertState)
})

const encodeState = Schema.encodeSync(AlertState)

const stateText = (state: AlertState | null) => state === null ? null : JSON.stringify(encodeState(state))

const leaseEnd = (now: DateTime.Utc) => DateTime.toDate(DateTime.addDuration(now, leaseFor))

/** The queue: each statement names the claim, so a process whose lease has ended changes nothing. */
export const sqlDeliveries = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const random = yield* SecureRandom.SecureRandom
  const { withSqlDeadline } = yield* SqlFailures
  const queryOrganizations = yield* organizationIds
  const queryClaimed = yield* queryRows(ClaimedRow)

  const organizationsWaiting = (now: DateTime.Utc) =>
    queryOrganizations(sql`
      SELECT DISTINCT d.organization_id AS "organizationId" FROM crm_report_deliveries d
      WHERE d.state = 'waiting' AND d.visible_at <= ${DateTime.toDate(now)}::timestamptz
    `)

  /**
   * Deliveries of an alert to a person are judged one after the other, because each judgement needs the one before. A
   * delivery that a process holds is judged first, even if it is due later.
   */
  const otherAlerts = (organizationId: OrgId, now: DateTime.Utc) =>
    sql`
      SELECT FROM crm_report_deliveries o
      JOIN crm_report_subscriptions s
        ON s.organization_id = ${organizationId} AND s.id = o.subscription_id AND s.alert IS NOT NULL
      WHERE o.organization_id = ${organizationId} AND o.subscription_id = due.subscription_id
        AND o.user_id = due.user_id AND o.state = 'waiting' AND NOT o.is_test AND o.id <> due.id
        AND (o.due_at < due.due_at
          OR o.claim IS NOT NULL AND o.visible_at > ${DateTime.toDate(now)}::timestamptz)
    `

  const claim = Effect.fnUntraced(function*(organizationId: OrgId, now: DateTime.Utc) {
    const [row] = yield* queryClaimed(sql`
      UPDATE crm_report_deliveries d
      SET claim = ${yield* random.uuidV4()}::uuid, visible_at = ${leaseEnd(now)}::timestamptz, attempts = d.attempts + 1
      WHERE d.organization_id = ${organizationId} AND d.id = ANY (ARRAY (
        SELECT due.id FROM crm_report_deliveries due
        WHERE due.organization_id = ${organizationId} AND due.state = 'waiting'
          AND due.visible_at <= ${DateTime.toDate(now)}::timestamptz
          AND (due.is_test OR NOT EXISTS (${otherAlerts(organizationId, now)}))
        ORDER BY due.visible_at, due.id
        LIMIT 1
        FOR UPDATE SKIP LOCKED
      ))
      RETURNING d.id, d.subscription_id AS "subscriptionId", d.user_id AS "userId", d.claim, d.due_at AS "dueAt",
        d.is_test AS "isTest", d.attempts, d.handed, d.reason, d.judged
    `)
    return row && { ...row, organizationId }
  })

  /** Changes a delivery that this process holds. */
  const change = ({ claim, id, organizationId }: Claimed, set: Statement.Fragment, more = sql``) =>
    Effect.map(
      sql`
        UPDATE crm_report_deliveries d SET ${set}
        WHERE d.organization_id = ${organizationId} AND d.id = ${id} AND d.claim = ${claim}::uuid
          AND d.state = 'waiting' ${more}
        RETURNING d.id
      `,
      (rows) => rows.length > 0
    )

  const renew = (claimed: Claimed, now: DateTime.Utc) =>
    withSqlDeadline(change(claimed, sql`visible_at = ${leaseEnd(now)}::timestamptz`))

  const hand = (claimed: Claimed, now: DateTime.Utc, judged: AlertState | null = null) =>
    withSqlDeadline(change(
      claimed,
      sql`handed = d.handed + 1, visible_at = ${leaseEnd(now)}::timestamptz, judged = ${stateText(judged)}::jsonb`,
      sql`AND d.handed < ${mostHanded} AND d.visible_at > ${DateTime.toDate(now)}::timestamptz`
    ))

  const countFailure = ({ organizationId, subscriptionId, userId }: Addressee, at: Date) =>
    sql`
      UPDATE crm_report_recipients p SET
        failures = p.failures + 1,
        paused_at = CASE WHEN p.failures + 1 >= ${failuresToPause} THEN ${at}::timestamptz ELSE p.paused_at END
      WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${subscriptionId} AND p.user_id = ${userId}
    `

  const forgetFailures = ({ organizationId, subscriptionId, userId }: Addressee) =>
    sql`
      UPDATE crm_report_recipients p SET failures = 0
      WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${subscriptionId} AND p.user_id = ${userId}
        AND p.failures > 0
    `

  const setAlert = ({ organizationId, subscriptionId, userId }: Addressee, state: AlertState) =>
    sql`
      UPDATE crm_report_recipients p SET alert = ${stateText(state)}::jsonb
      WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${subscriptionId} AND p.user_id = ${userId}
    `

  /** A change may have given the subscription another alert since `alert` was judged. */
  const pause = ({ organizationId, subscriptionId }: Addressee, alert: Alert) =>
    sql`
      UPDATE crm_report_subscriptions s
      SET schedule = s.schedule || '{"paused": true, "pauseReason": "widget_removed"}'
      WHERE s.organization_id = ${organizationId} AND s.id = ${subscriptionId}
        AND s.alert = ${JSON.stringify(alert)}::jsonb
    `

  /** The deletion of a subscription waits, because it locks the recipients before the deliveries. */
  const keep = ({ organizationId, subscriptionId }: Addressee) =>
    sql`
      SELECT s.id FROM crm_report_subscriptions s
      WHERE s.organization_id = ${organizationId} AND s.id = ${subscriptionId} FOR KEY SHARE
    `

  const settle = (claimed: Claimed, now: DateTime.Utc, outcome: Outcome) =>
    Effect.gen(function*() {
      const { judged = null, reason, removed, state } = outcome
      yield* keep(claimed)
      const at = DateTime.toDate(now)
      const isOurs = yield* change(
        claimed,
        sql`state = ${state}, reason = ${reason}, settled_at = ${at}::timestamptz, claim = NULL`
      )
      if (!isOurs) return false
      if (isOfAddress(outcome) && !claimed.isTest) yield* countFailure(claimed, at)
      if (state === "sent" && !claimed.isTest) yield* forgetFailures(claimed)
      if (judged !== null) yield* setAlert(claimed, judged)
      if (removed !== undefined) yield* pause(claimed, removed)
      return true
    }).pipe(transaction(sql), withSqlDeadline)

  const retry = (claimed: Claimed, visibleAt: DateTime.Utc, reason: DeliveryReason, isRefused: boolean) =>
    withSqlDeadline(change(
      claimed,
      sql`visible_at = ${DateTime.toDate(visibleAt)}::timestamptz, claim = NULL, reason = ${reason},
        handed = CASE WHEN ${isRefused}::boolean THEN greatest(d.handed - 1, 0) ELSE d.handed END`
    )).pipe(Effect.asVoid)

  const deleteOld = yield* oldRows("crm_report_deliveries", "settled_at")
  const purge = (now: DateTime.Utc) => {
    const limit = DateTime.toDate(DateTime.subtractDuration(now, keptFor))
    return Effect.map(deleteOld(sql`${limit}::timestamptz`), totalOf)
  }

  return { organizationsWaiting, claim, renew, hand, settle, retry, purge }
})
