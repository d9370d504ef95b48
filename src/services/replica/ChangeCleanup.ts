import { Effect, Layer, Schedule, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { IsDistributed } from "../database/distributed.ts"
import { SqlFailures } from "../database/SqlFailures.ts"
import { decodeRow, organizationRows } from "../database/statements.ts"
import { withDeadline } from "../limits/withDeadline.ts"
import { changeRetention } from "./retention.ts"

const decodeOldest = decodeRow(Schema.Struct({ xid: Schema.String }))

/** Every transaction with a number below the result has ended, so every later refresh sees its changes. */
const oldestInProgress = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { withSqlDeadline } = yield* SqlFailures
  const { xid } = yield* decodeOldest(
    withSqlDeadline(sql`SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid`)
  )
  return xid
})

const deleteBefore = Effect.fnUntraced(function*(xid: string) {
  const sql = yield* SqlClient.SqlClient
  const queryOrganizations = yield* organizationRows
  const changed = yield* queryOrganizations(
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

const deleteOldChanges = Effect.gen(function*() {
  const xid = yield* oldestInProgress
  yield* Effect.sleep(changeRetention)
  yield* deleteBefore(xid).pipe(withDeadline(deletionDeadline))
}).pipe(Effect.catchCause((cause) => Effect.logError("the cleanup of changes failed", cause)))

const everyMinute = deleteOldChanges.pipe(Effect.schedule(Schedule.spaced("1 minute")), Effect.forkScoped)

/** On Citus there are no replicas, so there are no changes to delete. */
export const ChangeCleanup = Layer.effectDiscard(
  Effect.flatMap(IsDistributed, (isDistributed) => isDistributed ? Effect.void : everyMinute)
)
