import { Duration, Effect, Layer, Schedule, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { withDeadline } from "../admission/withDeadline.ts"
import { IsDistributed } from "../database/distributed.ts"
import { decodeRows, queryRows } from "../database/statements.ts"
import { changeRetention } from "./changesSince.ts"

const pause = Duration.minutes(10)

/** Numbers of transactions can be compared only in one server. The path contains the `oid` of the database. */
const server = `concat((SELECT s.system_identifier FROM pg_control_system() s), ' ',
  pg_relation_filepath('pg_catalog.pg_class'::regclass))`

const interval = (duration: Duration.Duration) => `interval '${Duration.toSeconds(duration)} seconds'`

/** All processes share the marks, and PostgreSQL's clock judges their age, as it does for `maxRefreshGap`. */
const insertMark = `INSERT INTO crm_capture.cleanup_marks (server) SELECT ${server}
WHERE NOT EXISTS (SELECT FROM crm_capture.cleanup_marks m
  WHERE m.made_at > clock_timestamp() - ${interval(pause)} AND m.server = ${server})`

/** A mark of another server, such as the source of a dump, has a transaction number that means nothing here. */
const takeMarks = `WITH taken AS (DELETE FROM crm_capture.cleanup_marks m
  WHERE m.made_at <= clock_timestamp() - ${interval(changeRetention)} OR m.server <> ${server}
  RETURNING m.xid, m.server)
SELECT t.xid::text AS xid FROM taken t WHERE t.server = ${server} ORDER BY t.xid DESC LIMIT 1`

const markRows = queryRows(Schema.Struct({ xid: Schema.String }))

/** The change log has each id that the tables of the CRM have, also an empty one. */
const organizationRows = decodeRows(Schema.Struct({ organizationId: Schema.String }))

const deleteBefore = Effect.fnUntraced(function*(xid: string) {
  const sql = yield* SqlClient.SqlClient
  const changed = yield* organizationRows(
    sql`SELECT DISTINCT c.organization_id AS "organizationId" FROM crm_capture.changes c`
  )
  yield* Effect.forEach(
    changed,
    ({ organizationId }) =>
      sql`DELETE FROM crm_capture.changes c WHERE c.organization_id = ${organizationId} AND c.xid < ${xid}::xid8`,
    { discard: true }
  )
})

/** Without a deadline, one statement that hangs would stop the cleanup forever. */
const deletionDeadline = "30 minutes"

const deleteMarked = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const queryMarks = yield* markRows
  yield* queryMarks(sql.unsafe(insertMark))
  const [mark] = yield* queryMarks(sql.unsafe(takeMarks))
  if (mark !== undefined) yield* deleteBefore(mark.xid).pipe(withDeadline(deletionDeadline))
})

/** Every transaction below a mark has ended, so every replica that was refreshed after the mark has its changes. */
export const deleteOldChanges = Effect.flatMap(
  IsDistributed,
  (isDistributed) => isDistributed ? Effect.void : deleteMarked
)

/** On Citus there are no replicas, so there are no changes to delete. */
export const ChangeCleanup = deleteOldChanges.pipe(
  Effect.catchCause((cause) => Effect.logError("the cleanup of changes failed", cause)),
  Effect.schedule(Schedule.spaced(pause)),
  Effect.forkScoped,
  Layer.effectDiscard
)
