import { DateTime, Effect, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { SqlClient, type Statement } from "effect/sql"
import type { Caller } from "../../../domain/Caller.ts"
import { type ReportId, SubscriptionId, type UserId } from "../../../domain/Ids.ts"
import { ReportNotFound } from "../../../domain/Report.ts"
import {
  maxSubscriptions,
  Subscription,
  SubscriptionNotFound,
  tooManySubscriptions
} from "../../../domain/Subscription.ts"
import { hostOf, recipientsShownTo, viewShownTo } from "../../../domain/subscriptionRules.ts"
import { countRows, queryRows, SqlFailures, transaction } from "../../database/statements.ts"
import { readable } from "../reportSql.ts"
import { deleteSubscriptions } from "./deleteSubscriptions.ts"
import { sqlAlertLooks } from "./sqlAlertLooks.ts"
import { sqlDeliveries } from "./sqlDeliveries.ts"
import { isPaused, sqlOrders } from "./sqlOrders.ts"
import { sqlRecipients, StoredEnds } from "./sqlRecipients.ts"
import type { ChangedTerms, SubscriptionRepo, Terms } from "./SubscriptionRepo.ts"

const { at, every, host: _host, timeZone, weekStart, ...own } = Subscription.fields

const Row = Schema.Struct({
  ...own,
  url: Schema.NullOr(Schema.String),
  schedule: Schema.Struct({ at, every, timeZone, weekStart }),
  nextAt: Schema.DateTimeUtcFromDate,
  createdAt: Schema.DateTimeUtcFromDate
})

const subscriptionOf = (caller: Caller, { schedule, to, url, view, ...row }: typeof Row.Type): Subscription => ({
  ...row,
  host: hostOf(url),
  ...schedule,
  to: recipientsShownTo(caller, row.when, to),
  view: viewShownTo(caller, view)
})

const scheduleText = ({ at, every, pauseReason, paused, timeZone, weekStart }: ChangedTerms) =>
  JSON.stringify({ at, every, timeZone, weekStart, paused, pauseReason })

const alertText = ({ when }: ChangedTerms) => when === null ? null : JSON.stringify(when)

export const sqlSubscriptionRepo = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const random = yield* SecureRandom.SecureRandom
  const { withSqlDeadline } = yield* SqlFailures
  const querySubscriptions = yield* queryRows(Row)
  const querySchedules = yield* queryRows(Schema.Struct({ schedule: StoredEnds }))
  const queryIds = yield* queryRows(Schema.Struct({ id: Schema.String }))
  const queryCounts = yield* countRows
  const recipients = yield* sqlRecipients

  const managed = ({ organizationId, role, userId }: Caller) =>
    sql`s.organization_id = ${organizationId}
      AND (${role === "admin"}::boolean OR s.created_by = ${userId} OR r.owner_id = ${userId})`

  const found = (caller: Caller, chosen: Statement.Fragment, lock: Statement.Fragment = sql``) =>
    Effect.map(
      querySubscriptions(sql`
        SELECT s.id, s.report_id AS "reportId", s.created_by AS "createdBy", s.schedule, s.channel, s.url, s.format, s.locale, s.view,
          s.alert AS "when", ${isPaused(sql)} AS paused, s.schedule->>'pauseReason' AS "pauseReason",
          s.next_at AS "nextAt", s.created_at AS "createdAt", ${recipients.shown(caller)}
        FROM crm_report_subscriptions s
        JOIN crm_reports r ON r.id = s.report_id AND ${readable(sql, caller)}
        WHERE ${managed(caller)} AND ${chosen}
        ORDER BY s.created_at, s.id
        ${lock}
      `),
      (rows) => rows.map((row) => subscriptionOf(caller, row))
    )

  const list = (caller: Caller, reportId: ReportId) => found(caller, sql`s.report_id = ${reportId}`)

  const find = Effect.fnUntraced(function*(caller: Caller, id: SubscriptionId, lock?: Statement.Fragment) {
    const [subscription] = yield* found(caller, sql`s.id = ${id}`, lock)
    return subscription ?? (yield* new SubscriptionNotFound())
  })

  /** Until the transaction ends, nobody deletes the report or adds another subscription. */
  const create = Effect.fnUntraced(
    function*(caller: Caller, reportId: ReportId, terms: Terms, to: ReadonlyArray<UserId>) {
      const [report] = yield* queryIds(sql`
        SELECT r.id FROM crm_reports r WHERE r.id = ${reportId} AND ${readable(sql, caller)} FOR NO KEY UPDATE
      `)
      if (report === undefined) return yield* new ReportNotFound()
      const [counted] = yield* queryCounts(sql`
        SELECT count(*)::int AS count FROM crm_report_subscriptions s
        WHERE s.organization_id = ${caller.organizationId} AND s.report_id = ${reportId}
      `)
      if (counted !== undefined && counted.count >= maxSubscriptions) return yield* tooManySubscriptions()
      const id = SubscriptionId.make(yield* random.uuidV4())
      const linkKey = Buffer.from(yield* random.randomBytes(32)).toString("base64url")
      yield* sql`
        INSERT INTO crm_report_subscriptions (
          organization_id, id, report_id, created_by, schedule, channel, url, format, locale, view, alert, link_key,
          next_at, created_at
        )
        VALUES (
          ${caller.organizationId}, ${id}, ${reportId}, ${caller.userId}, ${
        scheduleText(terms)
      }::jsonb, ${terms.channel},
          ${terms.url}, ${terms.format}, ${terms.locale}, ${JSON.stringify(terms.view)}::jsonb, ${
        alertText(terms)
      }::jsonb, ${linkKey}, ${DateTime.toDate(terms.nextAt)}::timestamptz, ${
        DateTime.toDate(yield* DateTime.now)
      }::timestamptz
        )
      `
      yield* recipients.set(caller, id, to)
      return id
    },
    transaction(sql),
    withSqlDeadline
  )

  type Change = Parameters<SubscriptionRepo["Service"]["update"]>[2]

  /** Until the transaction ends, no other change of the subscription begins. Failures or the end of its mails are still stored. */
  const updated = Effect.fnUntraced(
    function*(caller: Caller, id: SubscriptionId, change: Change, to: ReadonlyArray<UserId> | undefined) {
      const terms = change(yield* find(caller, id, sql`FOR UPDATE OF s`))
      const [stored] = yield* querySchedules(sql`
        UPDATE crm_report_subscriptions s SET
          schedule = s.schedule || ${scheduleText(terms)}::jsonb, format = ${terms.format}, locale = ${terms.locale},
          url = COALESCE(${terms.url ?? null}::text, s.url), view = COALESCE(${
        terms.view === undefined ? null : JSON.stringify(terms.view)
      }::jsonb, s.view),
          alert = ${alertText(terms)}::jsonb,
          next_at = ${DateTime.toDate(terms.nextAt)}::timestamptz
        WHERE s.organization_id = ${caller.organizationId} AND s.id = ${id}
        RETURNING s.schedule
      `)
      if (to !== undefined) yield* recipients.set(caller, id, to, stored?.schedule.ended)
    },
    transaction(sql),
    withSqlDeadline
  )

  const update: SubscriptionRepo["Service"]["update"] = (caller, id, change, to) =>
    Effect.andThen(updated(caller, id, change, to), find(caller, id))

  const remove = Effect.fnUntraced(function*(caller: Caller, id: SubscriptionId) {
    const { reportId } = yield* find(caller, id)
    const deleting = deleteSubscriptions(sql, caller.organizationId, sql`s.id = ${id}`)
    const count = yield* deleting.pipe(transaction(sql), withSqlDeadline)
    return count === 0 ? yield* new SubscriptionNotFound() : reportId
  })

  return {
    create: (caller: Caller, reportId: ReportId, terms: Terms, to: ReadonlyArray<UserId>) =>
      Effect.flatMap(create(caller, reportId, terms, to), (id) => find(caller, id)).pipe(
        Effect.catchTag("SubscriptionNotFound", () => Effect.fail(new ReportNotFound()))
      ),
    list,
    find: (caller: Caller, id: SubscriptionId) => find(caller, id),
    update,
    remove,
    end: recipients.end,
    ...yield* sqlOrders(find),
    ...yield* sqlDeliveries,
    ...yield* sqlAlertLooks
  }
})
