import { Clock, Data, Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { ColumnStore } from "../../columnStore/ColumnStore.ts"
import { counted } from "../../domain/counted.ts"
import { tags } from "../../metrics/crm.ts"
import { organization } from "../../query/sql/Statement.ts"
import { decodeRow, snapshotTransaction } from "../database/statements.ts"
import { alikeQueries } from "./alikeQueries.ts"
import { captureState, enableCapture, LogIncomplete, logState } from "./changeLog.ts"
import { decodeServerState, selectServerState, type ServerState } from "./changesSince.ts"
import { eachAlike } from "./eachAlike.ts"
import { keyQueries, parseKeys } from "./keyQueries.ts"
import { countedTables } from "./loggedFields.ts"
import { makeReplica } from "./Replica.ts"
import { parseImages, rowImages } from "./rowImages.ts"

/** Other work of the process waits for this many nanoseconds, or for one step if it takes longer. */
const longTurn = 2_000_000n

export const sorted = Effect.fnUntraced(function*<E>(store: ColumnStore, afterStep: Effect.Effect<void, E>) {
  const steps = store.sort()
  for (let isDone = false; !isDone;) {
    const started = yield* Clock.monotonicTimeNanos
    do isDone = steps.next().done === true
    while (!isDone && (yield* Clock.monotonicTimeNanos) - started < longTurn)
    yield* afterStep
    yield* Effect.yieldNow
  }
})

class NoReplica extends Data.TaggedError("NoReplica")<{ readonly because: string }> {
  override get message() {
    return this.because
  }
}

interface Room {
  readonly maxRows: number
  /** Called before the first row, and after each statement and message. `size` is expected, and `read` rows have arrived. */
  readonly reserve: (size: number, read: number) => void
}

export const unlimited: Room = { maxRows: Infinity, reserve: () => {} }

/** Each message blocks the process for some milliseconds. This many messages are in memory at the same time. */
const messagesAtOnce = 4

const tagsInMessage = 2_000

const selectTags = `SELECT json_agg(image)::text AS images FROM (
    SELECT ${rowImages.get(tags.name)} AS image, row_number() OVER () / ${tagsInMessage} AS message
    FROM crm.${tags.name} r WHERE r.organization_id = ${organization}
  ) i GROUP BY message`

const decodeCounts = decodeRow(Schema.Struct({ counts: Schema.Array(Schema.Finite) }))

const countRows = `SELECT ARRAY[${
  countedTables
    .map((table) => `(SELECT count(*) FROM crm.${table} r WHERE r.organization_id = ${organization})`)
    .join(", ")
}]::float8[] AS counts`

const tooLarge = (maxRows: number) =>
  new NoReplica({ because: `more than ${counted(maxRows, "row", "rows")}, one for each viewer` })

const checked = Effect.fnUntraced(function*({ size }: ColumnStore, rows: number, { maxRows, reserve }: Room) {
  if (size > maxRows) return yield* tooLarge(maxRows)
  reserve(Math.max(rows, size), size)
})

interface Reading {
  /** The driver remembers the columns of a statement, so each cursor has its own name. */
  readonly cursor: string
  /** Each row of the result is a message, which has many rows. */
  readonly query: string
  readonly use: (message: ReadonlyArray<unknown>) => void
}

const readingsOf = (store: ColumnStore): ReadonlyArray<Reading> => [
  {
    cursor: "all_tags",
    query: selectTags,
    use: ([images]) => parseImages(String(images)).forEach((image) => store.append(tags.name, 1, image))
  },
  ...[...alikeQueries].map(([table, query]): Reading => ({
    cursor: `alike_${table}`,
    query: query.text,
    use: (message) => eachAlike(message, query, (rows) => store.appendAlike(table, rows))
  })),
  ...keyQueries.map(({ all, join }, index): Reading => ({
    cursor: `keys_${index}`,
    query: all,
    use: ([keys]) => {
      for (const [key, rows] of parseKeys(String(keys))) store.join(join, key, [], rows)
    }
  }))
]

/** Uses all messages of a query. Call this in a REPEATABLE READ transaction. */
export const readMessages = Effect.fnUntraced(function*<E>(
  params: ReadonlyArray<string>,
  { cursor, query, use }: Reading,
  afterStep: Effect.Effect<void, E>
) {
  const sql = yield* SqlClient.SqlClient
  yield* sql.unsafe(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${query}`, params)
  while (true) {
    const messages = yield* sql.unsafe(`FETCH ${messagesAtOnce} FROM ${cursor}`).values
    yield* afterStep
    for (const message of messages) {
      use(message)
      yield* afterStep
      yield* Effect.yieldNow
    }
    if (messages.length < messagesAtOnce) break
  }
  yield* sql.unsafe(`CLOSE ${cursor}`)
})

export const readServerState = SqlClient.SqlClient.use((sql) => decodeServerState(sql.unsafe(selectServerState)))

/** All rows must be of one moment, so call this in a REPEATABLE READ transaction. */
export const read = Effect.fnUntraced(function*(organizationId: string, state: ServerState, room: Room) {
  const sql = yield* SqlClient.SqlClient
  const replica = makeReplica(state)
  const { counts } = yield* decodeCounts(sql.unsafe(countRows, [organizationId]))
  const rows = counts.reduce((sum, count) => sum + count, 0)
  if (rows > room.maxRows) return yield* tooLarge(room.maxRows)
  room.reserve(rows, 0)
  for (const [index, table] of countedTables.entries()) replica.store.reserve(table, counts[index] ?? 0)
  const afterStep = checked(replica.store, rows, room)
  yield* Effect.forEach(readingsOf(replica.store), (reading) => readMessages([organizationId], reading, afterStep), {
    discard: true
  })
  yield* sorted(replica.store, afterStep)
  return replica
})

/** The change log of a restored dump has transaction ids of another server. */
const deleteForeignChanges = Effect.fnUntraced(function*(organizationId: string) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    DELETE FROM crm_capture.changes c
    WHERE c.organization_id = ${organizationId} AND c.xid >= pg_snapshot_xmin(pg_current_snapshot())
      AND NOT pg_visible_in_snapshot(c.xid, pg_current_snapshot())
  `
})

export const readCaptured = Effect.fnUntraced(function*(organizationId: string, room: Room, captureEpoch: string) {
  const { isEnabled, isPossible } = yield* captureState
  if (!isPossible) {
    return yield* new NoReplica({
      because: "the database has the extension Citus, or a table of the schema crm is not as the migrations made it"
    })
  }
  if (!isEnabled) return yield* new NoReplica({ because: "triggers are off" })
  const state = yield* readServerState
  if (state.captureEpoch !== captureEpoch) return yield* new NoReplica({ because: "the schema crm is being changed" })
  return yield* read(organizationId, state, room)
})

export const load = Effect.fnUntraced(function*(organizationId: string, room: Room) {
  const sql = yield* SqlClient.SqlClient
  yield* enableCapture
  yield* deleteForeignChanges(organizationId)
  const { captureEpoch, isComplete } = yield* logState
  if (!isComplete) return yield* new LogIncomplete()
  return yield* snapshotTransaction(sql)(readCaptured(organizationId, room, captureEpoch))
})
