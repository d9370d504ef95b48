import { Data, Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { ColumnStore } from "../../query/columnar/ColumnStore.ts"
import { organization } from "../../query/sql/Statement.ts"
import { inOneCut } from "../database/transaction.ts"
import { enableCapture, isCaptureEnabled } from "./changeLog.ts"
import { decodeServerState, serverStateNow } from "./changesSince.ts"
import { makeReplica } from "./Replica.ts"
import { rowImages } from "./rowImages.ts"

/** Such an organization is counted by SQL. */
class NoReplica extends Data.TaggedError("NoReplica")<{ readonly because: string }> {
  override get message() {
    return this.because
  }
}

/** Some milliseconds of work: in between others are answered. */
const rowsAtOnce = 2_000

const decodeRows = Schema.decodeUnknownSync(Schema.Array(Schema.Struct({ image: Schema.String })))
const decodeImages = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Array(Schema.Array(Schema.Unknown))))

/** All of them at once, which is faster than one after the other. */
const imagesIn = (rows: ReadonlyArray<object>) => decodeImages(`[${decodeRows(rows).map(({ image }) => image).join()}]`)

const readTable = Effect.fnUntraced(function*(
  organizationId: string,
  [table, imageSql]: readonly [string, string],
  store: ColumnStore,
  mostRows: number
) {
  const sql = yield* SqlClient.SqlClient
  const query = `SELECT ${imageSql}::text AS image FROM crm.${table} r WHERE r.organization_id = ${organization}`
  yield* sql.unsafe(`DECLARE read_${table} NO SCROLL CURSOR FOR ${query}`, [organizationId])
  while (true) {
    const fetched = imagesIn(yield* sql.unsafe(`FETCH ${rowsAtOnce} FROM read_${table}`))
    for (const image of fetched) {
      if (!store.append(table, 1, image)) return yield* new NoReplica({ because: `an amount in ${table} is too large` })
    }
    if (store.size > mostRows) {
      return yield* new NoReplica({ because: `more than ${mostRows} rows, one for each who sees it` })
    }
    if (fetched.length < rowsAtOnce) break
    yield* Effect.yieldNow
  }
  yield* sql.unsafe(`CLOSE read_${table}`)
})

/** All rows of the organization that can be counted, of the moment that the transaction around it sees. */
export const read = Effect.fnUntraced(function*(organizationId: string, mostRows: number) {
  const sql = yield* SqlClient.SqlClient
  const replica = makeReplica(decodeServerState(yield* sql.unsafe(serverStateNow)))
  yield* Effect.forEach(rowImages, (image) => readTable(organizationId, image, replica.store, mostRows), {
    discard: true
  })
  const steps = replica.store.sort()
  while (steps.next().done !== true) yield* Effect.yieldNow
  return replica
})

/** What a restored dump brought along was written by transactions of another server, which may still come in this one. */
const forgetForeign = Effect.fnUntraced(function*(organizationId: string) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    DELETE FROM crm.changes c
    WHERE c.organization_id = ${organizationId} AND c.xid >= pg_snapshot_xmin(pg_current_snapshot())
      AND NOT pg_visible_in_snapshot(c.xid, pg_current_snapshot())
  `
})

/** `read`, unless a change may go unlogged. */
export const readCaptured = Effect.fnUntraced(function*(organizationId: string, mostRows: number) {
  if (!(yield* isCaptureEnabled)) return yield* new NoReplica({ because: "triggers are off" })
  return yield* read(organizationId, mostRows)
})

/** `read`, all of one moment from which on every change is written down. */
export const load = Effect.fnUntraced(function*(organizationId: string, mostRows: number) {
  const sql = yield* SqlClient.SqlClient
  yield* enableCapture
  yield* forgetForeign(organizationId)
  return yield* inOneCut(sql)(readCaptured(organizationId, mostRows))
})
