import { DateTime, Effect, Schema } from "effect"
import { SqlClient, type Statement } from "effect/sql"
import type { Caller } from "../../../domain/Caller.ts"
import { type SubscriptionId, UserId } from "../../../domain/Ids.ts"
import { recipientsAfter } from "../../../domain/subscriptionRules.ts"
import { queryRows } from "../../database/statements.ts"

const EndedRow = Schema.Struct({ userId: UserId, endedAt: Schema.NullOr(Schema.DateTimeUtcFromDate) })

/** The recipients and the tests of a subscription `s`. Call `set` in a transaction. */
export const sqlRecipients = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const queryEnded = yield* queryRows(EndedRow)

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

  const set = Effect.fnUntraced(function*(caller: Caller, id: SubscriptionId, to: ReadonlyArray<UserId>) {
    const { organizationId } = caller
    const before = yield* queryEnded(sql`
      DELETE FROM crm_report_recipients p WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${id}
      RETURNING p.user_id AS "userId", p.ended_at AS "endedAt"
    `)
    const after = recipientsAfter(caller, before, to)
    yield* sql`
      INSERT INTO crm_report_recipients (organization_id, subscription_id, user_id, ended_at)
      SELECT ${organizationId}, ${id}, sent.user_id, nullif(sent.ended_at, '')::timestamptz
      FROM unnest(
        ${after.map(({ userId }) => userId)}::text[],
        ${after.map(({ endedAt }) => endedAt === null ? "" : DateTime.formatIso(endedAt))}::text[]
      ) AS sent (user_id, ended_at)
    `
  })
  return { shown, set }
})
