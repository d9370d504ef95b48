import { DateTime, Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { Caller } from "../../../domain/Caller.ts"
import { type OrgId, type SubscriptionId, UserId } from "../../../domain/Ids.ts"
import type { Recipient } from "../../../domain/Subscription.ts"
import { queryRows } from "../../database/statements.ts"

const EndedRow = Schema.Struct({ userId: UserId, endedAt: Schema.NullOr(Schema.DateTimeUtcFromDate) })

/** The recipients of a subscription `s`. Call `set` in a transaction. */
export const sqlRecipients = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const queryEnded = yield* queryRows(EndedRow)

  /** Each recipient has the newest delivery. */
  const shownIn = (organizationId: OrgId) =>
    sql`(
      SELECT coalesce(json_agg(json_build_object(
        'userId', p.user_id, 'endedAt', p.ended_at, 'pausedAt', p.paused_at, 'failures', p.failures, 'last', (
          SELECT json_build_object(
            'dueAt', d.due_at, 'state', d.state, 'reason', d.reason, 'attempts', d.attempts, 'settledAt', d.settled_at
          )
          FROM crm_report_deliveries d
          WHERE d.organization_id = ${organizationId} AND d.subscription_id = p.subscription_id AND d.user_id = p.user_id
          ORDER BY d.due_at DESC LIMIT 1
        )
      ) ORDER BY p.user_id COLLATE "C"), '[]'::json)
      FROM crm_report_recipients p
      WHERE p.organization_id = ${organizationId} AND p.subscription_id = s.id
    ) AS "to"`

  const set = Effect.fnUntraced(
    function*({ organizationId }: Caller, id: SubscriptionId, recipients: ReadonlyArray<Omit<Recipient, "last">>) {
      yield* sql`
        DELETE FROM crm_report_recipients p WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${id}
      `
      yield* sql`
        INSERT INTO crm_report_recipients (organization_id, subscription_id, user_id, ended_at)
        SELECT ${organizationId}, ${id}, sent.user_id, nullif(sent.ended_at, '')::timestamptz
        FROM unnest(
          ${recipients.map(({ userId }) => userId)}::text[],
          ${recipients.map(({ endedAt }) => endedAt === null ? "" : DateTime.formatIso(endedAt))}::text[]
        ) AS sent (user_id, ended_at)
      `
    }
  )

  const endedIn = (organizationId: OrgId, id: SubscriptionId) =>
    queryEnded(sql`
      SELECT p.user_id AS "userId", p.ended_at AS "endedAt" FROM crm_report_recipients p
      WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${id}
    `)

  return { shownIn, set, endedIn }
})
