import { DateTime, Effect, Schema } from "effect"
import { SqlClient, type Statement } from "effect/sql"
import type { Caller } from "../../../domain/Caller.ts"
import type { Addressee } from "../../../domain/Delivery.ts"
import { type OrgId, ReportId, type SubscriptionId, UserId } from "../../../domain/Ids.ts"
import { Recipient } from "../../../domain/Subscription.ts"
import { type Ended, endedAfter } from "../../../domain/subscriptionRules.ts"
import { queryRows, SqlFailures, transaction } from "../../database/statements.ts"

const { endedAt, userId } = Recipient.fields

/** People who ended the mails and are no recipients. They are stored beside the schedule. */
export const StoredEnds = Schema.Struct({ ended: Schema.optionalKey(Schema.Array(Schema.Struct({ userId, endedAt }))) })

const RemovedRow = Schema.Struct({ userId: UserId, endedAt: Schema.NullOr(Schema.DateTimeUtcFromDate) })

/** The recipients and the tests of a subscription `s`. Call `set` in a transaction. */
export const sqlRecipients = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { withSqlDeadline } = yield* SqlFailures
  const queryRemoved = yield* queryRows(RemovedRow)
  const queryReports = yield* queryRows(Schema.Struct({ reportId: ReportId }))
  const queryEnds = yield* queryRows(Schema.Struct({ reportId: ReportId, schedule: StoredEnds }))

  /** `chosen` is a condition on the deliveries `d`. */
  const newest = ({ organizationId }: Caller, chosen: Statement.Fragment) =>
    sql`(
      SELECT json_build_object(
        'dueAt', d.due_at, 'state', d.state, 'reason', d.reason, 'attempts', d.attempts, 'settledAt', d.settled_at
      )
      FROM crm_report_deliveries d
      WHERE d.organization_id = ${organizationId} AND ${chosen}
      ORDER BY d.due_at DESC LIMIT 1
    )`

  const readerOfTest = ({ userId }: Caller) => sql`CASE s.channel WHEN 'email' THEN ${userId} ELSE s.created_by END`

  const shown = (caller: Caller) =>
    sql`(
      SELECT coalesce(json_agg(json_build_object(
        'userId', p.user_id, 'endedAt', p.ended_at, 'pausedAt', p.paused_at, 'failures', p.failures,
        'last', ${
      newest(caller, sql`d.subscription_id = p.subscription_id AND d.user_id = p.user_id AND NOT d.is_test`)
    }
      ) ORDER BY p.user_id COLLATE "C"), '[]'::json)
      FROM crm_report_recipients p
      WHERE p.organization_id = ${caller.organizationId} AND p.subscription_id = s.id
    ) AS "to",
    ${
      newest(caller, sql`d.subscription_id = s.id AND d.user_id = ${readerOfTest(caller)} AND d.is_test`)
    } AS "lastTest"`

  const keepEnds = (organizationId: OrgId, id: SubscriptionId, ended: ReadonlyArray<Ended>) =>
    sql`
      UPDATE crm_report_subscriptions s SET schedule = s.schedule || ${JSON.stringify({ ended })}::jsonb
      WHERE s.organization_id = ${organizationId} AND s.id = ${id}
    `

  /**
   * A recipient who stays keeps the state of the alert. Callers can only take back their own end. `ended` has the people who
   * ended the mails before they were removed.
   */
  const set = Effect.fnUntraced(
    function*(
      { organizationId, userId }: Caller,
      id: SubscriptionId,
      to: ReadonlyArray<UserId>,
      ended: ReadonlyArray<Ended> = []
    ) {
      const removed = yield* queryRemoved(sql`
        DELETE FROM crm_report_recipients p
        WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${id} AND NOT p.user_id = ANY (${to}::text[])
        RETURNING p.user_id AS "userId", p.ended_at AS "endedAt"
      `)
      const endedBefore = Object.fromEntries(
        ended.flatMap((one) => one.userId === userId ? [] : [[one.userId, one.endedAt]])
      )
      yield* sql`
        INSERT INTO crm_report_recipients AS p (organization_id, subscription_id, user_id, ended_at)
        SELECT ${organizationId}, ${id}, sent.user_id, (${
        JSON.stringify(endedBefore)
      }::jsonb->>sent.user_id)::timestamptz
        FROM unnest(${to}::text[]) AS sent (user_id)
        ON CONFLICT (organization_id, subscription_id, user_id) DO UPDATE SET
          failures = 0,
          paused_at = NULL,
          ended_at = CASE WHEN p.user_id = ${userId} THEN NULL ELSE p.ended_at END
      `
      const endedNow = endedAfter([...ended, ...removed], to)
      if (ended.length > 0 || endedNow.length > 0) yield* keepEnds(organizationId, id, endedNow)
    }
  )

  const endRecipient = ({ organizationId, subscriptionId, userId }: Addressee, now: DateTime.Utc) =>
    queryReports(sql`
      UPDATE crm_report_recipients p SET ended_at = ${DateTime.toDate(now)}::timestamptz
      FROM crm_report_subscriptions s
      WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${subscriptionId} AND p.user_id = ${userId}
        AND p.ended_at IS NULL AND s.organization_id = ${organizationId} AND s.id = p.subscription_id
      RETURNING s.report_id AS "reportId"
    `)

  /** Until the transaction ends, nobody adds the person to the recipients. */
  const endRemoved = Effect.fnUntraced(
    function*(addressee: Addressee, now: DateTime.Utc) {
      const { organizationId, subscriptionId, userId } = addressee
      const [found] = yield* queryEnds(sql`
        SELECT s.report_id AS "reportId", s.schedule FROM crm_report_subscriptions s
        WHERE s.organization_id = ${organizationId} AND s.id = ${subscriptionId}
        FOR UPDATE OF s
      `)
      // Another request may have added the person meanwhile.
      const [added] = yield* endRecipient(addressee, now)
      if (found === undefined || added !== undefined) return added?.reportId
      const { ended = [] } = found.schedule
      const recipients = yield* sql`
        SELECT p.user_id FROM crm_report_recipients p
        WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${subscriptionId} AND p.user_id = ${userId}
      `
      if (recipients.length > 0 || ended.some((one) => one.userId === userId)) return undefined
      yield* keepEnds(organizationId, subscriptionId, [...ended, { userId, endedAt: now }])
      return found.reportId
    },
    transaction(sql),
    withSqlDeadline
  )

  const end = Effect.fnUntraced(function*(addressee: Addressee, now: DateTime.Utc) {
    const [ended] = yield* endRecipient(addressee, now)
    return ended?.reportId ?? (yield* endRemoved(addressee, now))
  })
  return { shown, set, end }
})
