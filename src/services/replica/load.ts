import { Data, Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { tags } from "../../metrics/crm.ts"
import type { ColumnStore } from "../../query/columnar/ColumnStore.ts"
import { parseImages } from "../../query/columnar/parseImages.ts"
import { organization } from "../../query/sql/Statement.ts"
import { decodeRow } from "../database/statements.ts"
import { snapshotTransaction } from "../database/transaction.ts"
import { alikeQueries } from "./alikeQueries.ts"
import { captureState, enableCapture } from "./changeLog.ts"
import { decodeServerState, selectServerState, type ServerState } from "./changesSince.ts"
import { eachAlike } from "./eachAlike.ts"
import { keyPageOf, keyQueries } from "./keyQueries.ts"
import { LogIncomplete, logState } from "./logState.ts"
import { makeReplica } from "./Replica.ts"
import { rowImages } from "./rowImages.ts"
import { sorted } from "./sorted.ts"

class NoReplica extends Data.TaggedError("NoReplica")<{ readonly because: string }> {
  override get message() {
    return this.because
  }
}

interface Room {
  readonly maxRows: number
  readonly reserve: (size: number) => void
}

export const unlimited: Room = { maxRows: Infinity, reserve: () => {} }

/** Parsing this many rows blocks the process for some milliseconds. */
const batchSize = 2_000

/** Parsing one large JSON text is faster than parsing many small ones. */
const imagesIn = (rows: Page) => parseImages(`[${rows.map(([image]) => image).join()}]`)

const countedTables = [...rowImages.keys()]

const decodeCounts = decodeRow(Schema.Struct({ counts: Schema.Array(Schema.Finite) }))

const countRows = `SELECT ARRAY[${
  countedTables
    .map((table) => `(SELECT count(*) FROM crm.${table} r WHERE r.organization_id = ${organization})`)
    .join(", ")
}]::float8[] AS counts`

const tooLarge = (maxRows: number) => new NoReplica({ because: `more than ${maxRows} rows, one for each viewer` })

const checked = Effect.fnUntraced(function*({ size }: ColumnStore, rows: number, { maxRows, reserve }: Room) {
  if (size > maxRows) return yield* tooLarge(maxRows)
  reserve(Math.max(rows, size))
})

type Page = ReadonlyArray<ReadonlyArray<unknown>>

interface Reading {
  /** The driver remembers the columns of a statement, so each cursor has its own name. */
  readonly cursor: string
  readonly query: string
  readonly rowsAtOnce: number
  readonly use: (page: Page) => void
}

const readingsOf = (store: ColumnStore): ReadonlyArray<Reading> => {
  const tag = rowImages.get(tags.name)
  return [
    {
      cursor: "all_tags",
      query: `SELECT ${tag}::text AS image FROM crm.${tags.name} r WHERE r.organization_id = ${organization}`,
      rowsAtOnce: batchSize,
      use: (page) => imagesIn(page).forEach((image) => store.append(tags.name, 1, image))
    },
    ...[...alikeQueries].map(([table, query]) => ({
      cursor: `alike_${table}`,
      query: query.text,
      rowsAtOnce: 1,
      use: ([message]: Page) => message && eachAlike(message, query, (rows) => store.appendAlike(table, rows))
    })),
    ...keyQueries.map(([join, query], index) => ({
      cursor: `keys_${index}`,
      query,
      rowsAtOnce: 1,
      use: ([message]: Page) => message && store.loadKeys(join, keyPageOf(message))
    }))
  ]
}

const readPages = Effect.fnUntraced(function*<E>(
  organizationId: string,
  { cursor, query, rowsAtOnce, use }: Reading,
  afterPage: Effect.Effect<void, E>
) {
  const sql = yield* SqlClient.SqlClient
  yield* sql.unsafe(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${query}`, [organizationId])
  while (true) {
    const page = yield* sql.unsafe(`FETCH ${rowsAtOnce} FROM ${cursor}`).values
    use(page)
    yield* afterPage
    if (page.length < rowsAtOnce) break
    yield* Effect.yieldNow
  }
  yield* sql.unsafe(`CLOSE ${cursor}`)
})

export const readServerState = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  return yield* decodeServerState(sql.unsafe(selectServerState))
})

/** All rows must be of one moment, so call this in a REPEATABLE READ transaction. */
export const read = Effect.fnUntraced(function*(organizationId: string, state: ServerState, room: Room) {
  const sql = yield* SqlClient.SqlClient
  const replica = makeReplica(state)
  const { counts } = yield* decodeCounts(sql.unsafe(countRows, [organizationId]))
  const rows = counts.reduce((sum, count) => sum + count, 0)
  if (rows > room.maxRows) return yield* tooLarge(room.maxRows)
  room.reserve(rows)
  for (const [index, table] of countedTables.entries()) replica.store.reserve(table, counts[index] ?? 0)
  const afterStep = checked(replica.store, rows, room)
  yield* Effect.forEach(readingsOf(replica.store), (reading) => readPages(organizationId, reading, afterStep), {
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
