import { DateTime, Effect, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { SqlClient } from "effect/sql"
import { refuseMembers } from "../../../domain/AdminsOnly.ts"
import {
  type AuditActor,
  auditCursorOf,
  AuditDetails,
  auditDetails,
  AuditEvent,
  auditKeptFor,
  auditListOf,
  type AuditPage,
  defaultEvents,
  type NewAuditEvent,
  noDetails
} from "../../../domain/Audit.ts"
import type { Caller } from "../../../domain/Caller.ts"
import { queryRows, SqlFailures, transaction } from "../../database/statements.ts"
import { oldRows, totalOf } from "../oldRows.ts"
import { readable } from "../reportSql.ts"

const { at: _at, ...fields } = AuditEvent.fields
const Row = Schema.Struct({
  ...fields,
  ...auditDetails,
  at: Schema.DateTimeUtcFromDate
})

const encodeDetails = Schema.encodeSync(Schema.fromJsonString(AuditDetails))

export const sqlAuditLog = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const random = yield* SecureRandom.SecureRandom
  const { withSqlDeadline } = yield* SqlFailures
  const queryEvents = yield* queryRows(Row)

  const insert = Effect.fnUntraced(function*(
    { organizationId, scopes, userId }: AuditActor,
    { action, details, object, objectId, reportId }: NewAuditEvent
  ) {
    yield* sql`
      INSERT INTO crm_report_audit (
        organization_id, id, at, user_id, with_key, action, object, object_id, report_id, details
      )
      VALUES (
        ${organizationId}, ${yield* random.uuidV4()}, statement_timestamp(), ${userId}, ${scopes !== undefined},
        ${action}, ${object}, ${objectId}, ${reportId}, ${encodeDetails({ ...noDetails, ...details })}::jsonb
      )
    `
  })

  const record = (actor: AuditActor, event: NewAuditEvent) => withSqlDeadline(insert(actor, event))

  const recording = <A, E, R>(
    actor: AuditActor,
    change: Effect.Effect<A, E, R>,
    eventOf: (outcome: A) => NewAuditEvent | undefined
  ) =>
    Effect.tap(change, (outcome) => {
      const event = eventOf(outcome)
      return event === undefined ? Effect.void : insert(actor, event)
    }).pipe(transaction(sql), withSqlDeadline)

  const list = Effect.fnUntraced(function*(
    caller: Caller,
    { action, cursor, limit = defaultEvents, reportId, userId }: AuditPage
  ) {
    yield* refuseMembers(caller)
    const after = cursor === undefined ? undefined : auditCursorOf(cursor)
    const events = yield* queryEvents(sql`
      SELECT e.id, e.at, e.user_id AS "userId", e.with_key AS "withKey", e.action, e.object,
        e.object_id AS "objectId", e.report_id AS "reportId", r.title, e.details->'version' AS version,
        e.details->'restoredVersion' AS "restoredVersion", e.details->'visibility' AS visibility,
        e.details->'people' AS people, e.details->'channel' AS channel, e.details->'format' AS format,
        COALESCE(e.details->'alert', 'false') AS alert
      FROM crm_report_audit e
      LEFT JOIN crm_reports r ON r.id = e.report_id AND ${readable(sql, caller)}
      WHERE ${
      sql.and([
        sql`e.organization_id = ${caller.organizationId}`,
        ...(userId === undefined ? [] : [sql`e.user_id = ${userId}`]),
        ...(action === undefined ? [] : [sql`e.action = ${action}`]),
        ...(reportId === undefined ? [] : [sql`e.report_id = ${reportId}`]),
        ...(after === undefined
          ? []
          : [sql`(e.at, e.id) < (${DateTime.toDate(after.at)}::timestamptz, ${after.id}::uuid)`])
      ])
    }
      ORDER BY e.at DESC, e.id DESC
      LIMIT ${limit + 1}
    `)
    return auditListOf(events, limit)
  })

  const deleteOld = yield* oldRows("crm_report_audit", "at")
  const purge = (now: DateTime.Utc) => {
    const limit = DateTime.toDate(DateTime.subtractDuration(now, auditKeptFor))
    return Effect.map(deleteOld(sql`${limit}::timestamptz`), totalOf)
  }

  return { record, recording, list, purge }
})
