import { Effect } from "effect"
import { SqlClient, type Statement } from "effect/sql"
import type { Caller } from "../../../domain/Caller.ts"
import type { SubscriptionId, UserId } from "../../../domain/Ids.ts"

/** The recipients and the tests of a subscription `s`. Call `set` in a transaction. */
export const sqlRecipients = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

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

  /** A recipient who stays keeps the state of the alert. Only the caller takes back the own end. */
  const set = Effect.fnUntraced(
    function*({ organizationId, userId }: Caller, id: SubscriptionId, to: ReadonlyArray<UserId>) {
      yield* sql`
        DELETE FROM crm_report_recipients p
        WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${id} AND NOT p.user_id = ANY (${to}::text[])
      `
      yield* sql`
        INSERT INTO crm_report_recipients AS p (organization_id, subscription_id, user_id)
        SELECT ${organizationId}, ${id}, sent.user_id FROM unnest(${to}::text[]) AS sent (user_id)
        ON CONFLICT (organization_id, subscription_id, user_id) DO UPDATE SET
          failures = 0,
          paused_at = NULL,
          ended_at = CASE WHEN p.user_id = ${userId} THEN NULL ELSE p.ended_at END
      `
    }
  )
  return { shown, set }
})
