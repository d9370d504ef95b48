import { Effect, Layer, Schedule, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { OrgId } from "../../domain/Ids.ts"
import { changeRetention } from "./retention.ts"

const decodeOldest = Schema.decodeUnknownSync(Schema.Tuple([Schema.Struct({ xid: Schema.String })]))
const decodeChanged = Schema.decodeUnknownSync(Schema.Array(Schema.Struct({ organizationId: OrgId })))

/** Every transaction below this one has ended: whatever is looked at from now on has seen what it changed. */
const oldestUnderWay = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const [{ xid }] = decodeOldest(yield* sql`SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid`)
  return xid
})

/** The only question over all organizations is which of them have changes. */
const deleteBefore = Effect.fnUntraced(function*(xid: string) {
  const sql = yield* SqlClient.SqlClient
  const changed = decodeChanged(yield* sql`SELECT DISTINCT c.organization_id AS "organizationId" FROM crm.changes c`)
  yield* Effect.forEach(
    changed,
    ({ organizationId }) =>
      sql`DELETE FROM crm.changes c WHERE c.organization_id = ${organizationId} AND c.xid < ${xid}::xid8`,
    { discard: true }
  )
})

const forgetChanges = Effect.gen(function*() {
  const before = yield* oldestUnderWay
  yield* Effect.sleep(changeRetention)
  yield* deleteBefore(before)
}).pipe(Effect.catchCause((cause) => Effect.logError("the cleanup of changes failed", cause)))

/** Deletes changes one to two hours after their transaction ended, whether this service has replicas or not. */
export const ChangeCleanup = Layer.effectDiscard(
  forgetChanges.pipe(Effect.schedule(Schedule.spaced("1 minute")), Effect.forkScoped)
)
