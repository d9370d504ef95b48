import { DateTime, Effect, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { SqlClient, type Statement } from "effect/sql"
import { alertRest, AlertState } from "../../../domain/Alert.ts"
import type { Caller } from "../../../domain/Caller.ts"
import type { Addressee, DueSubscription, Ordered, Outcome } from "../../../domain/Delivery.ts"
import { type OrgId, SubscriptionId, UserId } from "../../../domain/Ids.ts"
import { Subscription, type SubscriptionNotFound } from "../../../domain/Subscription.ts"
import { readerOfTest } from "../../../domain/subscriptionRules.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { organizationIds, queryRows, SqlFailures, transaction } from "../../database/statements.ts"
import type { SubscriptionRepo } from "./SubscriptionRepo.ts"

const { at, channel, every, format, locale, paused, reportId, timeZone, view, weekStart, when } = Subscription.fields

const DueRow = Schema.Struct({
  id: SubscriptionId,
  schedule: Schema.Struct({ at, every, timeZone, weekStart }),
  nextAt: Schema.DateTimeUtcFromDate
})

const OrderedRow = Schema.Struct({
  subscriptionId: SubscriptionId,
  userId: Schema.NullOr(UserId),
  reportId,
  channel,
  url: Schema.NullOr(Schema.String),
  format,
  locale,
  view,
  when,
  paused,
  linkKey: Schema.String,
  endedAt: Schema.NullOr(Schema.DateTimeUtcFromDate),
  pausedAt: Schema.NullOr(Schema.DateTimeUtcFromDate),
  alert: Schema.NullOr(AlertState),
  isClaimed: Schema.Boolean
})

const orderOf = (
  { alert, endedAt, isClaimed: _isClaimed, pausedAt, subscriptionId: _id, userId, ...order }: typeof OrderedRow.Type
): Ordered => ({ ...order, recipient: userId === null ? undefined : { alert, endedAt, pausedAt } })

/** `s` is a subscription. Those of former versions have no such property. */
export const isPaused = (sql: SqlClient.SqlClient) => sql`coalesce((s.schedule->>'paused')::boolean, false)`

/** Makes deliveries, and says what to send. */
export const sqlOrders = Effect.fnUntraced(function*(
  find: (caller: Caller, id: SubscriptionId) => Effect.Effect<Subscription, SubscriptionNotFound | Unreachable>
) {
  const sql = yield* SqlClient.SqlClient
  const random = yield* SecureRandom.SecureRandom
  const { withSqlDeadline } = yield* SqlFailures
  const queryOrganizations = yield* organizationIds
  const queryDue = yield* queryRows(DueRow)
  const queryOrdered = yield* queryRows(OrderedRow)
  const queryLinks = yield* queryRows(Schema.Struct({ linkKey: Schema.String, locale }))

  const organizationsDue = (now: DateTime.Utc) =>
    queryOrganizations(sql`
      SELECT DISTINCT s.organization_id AS "organizationId" FROM crm_report_subscriptions s
      WHERE s.next_at <= ${DateTime.toDate(now)}::timestamptz AND NOT ${isPaused(sql)}
    `)

  const due = (organizationId: OrgId, now: DateTime.Utc) =>
    Effect.map(
      queryDue(sql`
        SELECT s.id, s.schedule, s.next_at AS "nextAt" FROM crm_report_subscriptions s
        WHERE s.organization_id = ${organizationId} AND s.next_at <= ${DateTime.toDate(now)}::timestamptz
          AND NOT ${isPaused(sql)}
        ORDER BY s.next_at, s.id LIMIT 100
      `),
      (rows) => rows.map(({ id, nextAt, schedule }): DueSubscription => ({ ...schedule, organizationId, id, nextAt }))
    )

  const insertDelivery = Effect.fnUntraced(function*(
    { organizationId, subscriptionId, userId }: Addressee,
    dueAt: DateTime.Utc,
    isTest: boolean,
    settled?: { readonly at: DateTime.Utc; readonly outcome: Outcome }
  ) {
    yield* sql`
      INSERT INTO crm_report_deliveries (
        organization_id, id, subscription_id, user_id, due_at, is_test, state, visible_at, reason, settled_at
      )
      VALUES (
        ${organizationId}, ${yield* random.uuidV4()}, ${subscriptionId}, ${userId},
        ${DateTime.toDate(dueAt)}::timestamptz, ${isTest}, ${settled?.outcome.state ?? "waiting"},
        ${DateTime.toDate(dueAt)}::timestamptz, ${settled?.outcome.reason ?? null},
        ${settled === undefined ? null : DateTime.toDate(settled.at)}::timestamptz
      )
      ON CONFLICT (organization_id, subscription_id, user_id, due_at) DO NOTHING
    `
  })

  const makeDeliveries: SubscriptionRepo["Service"]["makeDeliveries"] = (
    { id, nextAt: before, organizationId },
    { dueAt, nextAt, settled }
  ) =>
    Effect.gen(function*() {
      const moved = yield* sql`
        UPDATE crm_report_subscriptions s SET next_at = ${DateTime.toDate(nextAt)}::timestamptz
        WHERE s.organization_id = ${organizationId} AND s.id = ${id}
          AND s.next_at = ${DateTime.toDate(before)}::timestamptz
        RETURNING s.id
      `
      if (moved.length === 0) return
      const recipients = yield* sql<{ readonly userId: UserId }>`
        SELECT p.user_id AS "userId" FROM crm_report_recipients p
        WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${id}
          AND p.ended_at IS NULL AND p.paused_at IS NULL
      `
      yield* Effect.forEach(
        recipients,
        ({ userId }) => insertDelivery({ organizationId, subscriptionId: id, userId }, dueAt, false, settled),
        { discard: true }
      )
    }).pipe(transaction(sql), withSqlDeadline)

  const test = Effect.fnUntraced(function*(caller: Caller, id: SubscriptionId, now: DateTime.Utc) {
    const userId = readerOfTest(caller, yield* find(caller, id))
    yield* withSqlDeadline(insertDelivery({ ...caller, userId, subscriptionId: id }, now, true))
  })

  /** Deliveries of the subscription `s` to the recipient `p`, without tests. */
  const deliveriesOf = (organizationId: OrgId, chosen: Statement.Fragment) =>
    sql`
      SELECT FROM crm_report_deliveries d
      WHERE d.organization_id = ${organizationId} AND d.subscription_id = s.id AND d.user_id = p.user_id
        AND NOT d.is_test AND ${chosen}
    `

  /** `joined` is a condition on the recipients `p`, and `chosen` one on the subscriptions `s`. */
  const selectOrdered = (organizationId: OrgId, joined: Statement.Fragment, chosen: Statement.Fragment) =>
    queryOrdered(sql`
      SELECT s.id AS "subscriptionId", s.report_id AS "reportId", s.channel, s.url, s.format, s.locale, s.view, s.alert AS "when", ${
      isPaused(sql)
    } AS paused, s.link_key AS "linkKey",
        p.user_id AS "userId", p.ended_at AS "endedAt", p.paused_at AS "pausedAt", p.alert,
        EXISTS (${deliveriesOf(organizationId, sql`d.state = 'waiting' AND d.claim IS NOT NULL`)}) AS "isClaimed"
      FROM crm_report_subscriptions s
      LEFT JOIN crm_report_recipients p
        ON p.organization_id = ${organizationId} AND p.subscription_id = s.id AND ${joined}
      WHERE s.organization_id = ${organizationId} AND ${chosen}
    `)

  const ordered = Effect.fnUntraced(function*({ organizationId, subscriptionId, userId }: Addressee) {
    const [row] = yield* selectOrdered(organizationId, sql`p.user_id = ${userId}`, sql`s.id = ${subscriptionId}`)
    return row && orderOf(row)
  })

  const alerts = (organizationId: OrgId, now: DateTime.Utc) => {
    const restedAt = DateTime.toDate(DateTime.subtractDuration(now, alertRest))
    const isLeftOut = sql`
      (d.state = 'waiting' AND d.claim IS NULL OR d.state = 'failed' AND d.settled_at > ${restedAt}::timestamptz)
    `
    return Effect.map(
      selectOrdered(
        organizationId,
        sql`p.ended_at IS NULL AND p.paused_at IS NULL`,
        sql`s.alert IS NOT NULL AND NOT ${isPaused(sql)} AND NOT EXISTS (${deliveriesOf(organizationId, isLeftOut)})
        ORDER BY s.created_at, s.id, p.user_id`
      ),
      (rows) =>
        rows.flatMap((row) => {
          const { isClaimed, subscriptionId, userId } = row
          return userId === null ? [] : [{ organizationId, subscriptionId, userId, isClaimed, order: orderOf(row) }]
        })
    )
  }

  const deliver = (addressee: Addressee, dueAt: DateTime.Utc) =>
    withSqlDeadline(insertDelivery(addressee, dueAt, false))

  const link = (organizationId: OrgId, id: SubscriptionId) =>
    Effect.map(
      queryLinks(sql`
        SELECT s.link_key AS "linkKey", s.locale FROM crm_report_subscriptions s
        WHERE s.organization_id = ${organizationId} AND s.id = ${id}
      `),
      ([row]) => row
    )

  return { organizationsDue, due, makeDeliveries, test, ordered, alerts, deliver, link }
})
