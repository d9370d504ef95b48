import { Effect, Schema } from "effect"
import { lines, organization, type Statement } from "../../query/sql/Statement.ts"
import { decodeRow, decodeRows, type Send } from "../database/statements.ts"
import { captureEpoch } from "./captureEpoch.ts"
import { changeImages } from "./rowImages.ts"

const serverState = lines(
  `pg_current_snapshot()::text AS snapshot, ${captureEpoch} AS "captureEpoch",`,
  "(extract(epoch FROM clock_timestamp()) * 1000)::bigint::text AS at"
)

const tables = [...changeImages.keys()].map((table) => `'${table}'`)

type Limit = number | "ALL"

/** ORDER BY makes PostgreSQL read the index up to the limit, even if its estimates are wrong. */
const changesWhere = (condition: string, columns: string, limit: Limit) =>
  lines(
    `SELECT ${columns} FROM crm_capture.changes c WHERE c.organization_id = ${organization}`,
    `  AND c.relation IN (${tables.join(", ")}) AND ${condition} ORDER BY c.xid, c.change_id LIMIT ${limit}`
  )

const begunSince = "c.xid >= pg_snapshot_xmax($2::pg_snapshot) AND c.xid < pg_snapshot_xmax(pg_current_snapshot())"

const unseenChanges = (columns: string, limit: Limit) =>
  lines(
    `(${changesWhere(begunSince, columns, limit)})`,
    "UNION ALL (SELECT e.* FROM pg_snapshot_xip($2::pg_snapshot) x CROSS JOIN LATERAL (",
    changesWhere("c.xid = x", columns, limit),
    ") e WHERE pg_visible_in_snapshot(x, pg_current_snapshot()))"
  )

export const selectServerState = `SELECT ${serverState}`

const since = (column: string) => (organizationId: string, snapshot: string): Statement => ({
  text: `${selectServerState}, ${column}`,
  params: [organizationId, snapshot]
})

/** This query comes first, because it costs a third of `changesSince`. */
export const hasChangesSince = since(`EXISTS (${unseenChanges("c.change_id", 1)}) AS "hasChanges"`)

/** A run takes at most this number of changes, because decoding more would block the process for over 10 ms. */
export const maxChanges = 2_000

const imageOfChange = lines(
  "CASE c.relation",
  ...[...changeImages].map(([table, image]) => `WHEN '${table}' THEN ${image}`),
  "END"
)

const changeColumns = `c.xid, c.change_id, c.relation, c.weight, ${imageOfChange} AS image`

export const changesSince = since(lines(
  "(",
  "SELECT coalesce(json_agg(json_build_array(n.xid::text, n.relation, n.weight, n.image) ORDER BY n.change_id), '[]')",
  "FROM (",
  unseenChanges(changeColumns, maxChanges + 1),
  `LIMIT ${maxChanges + 1}`,
  ") n)::text AS changes"
))

/** Reads all changes in pages. */
export const allChangesSince = lines(
  "SELECT json_build_array(n.xid::text, n.relation, n.weight, n.image)::text AS change",
  `FROM (${unseenChanges(changeColumns, "ALL")}) n`
)

const stateFields = { snapshot: Schema.String, captureEpoch: Schema.String, at: Schema.FiniteFromString }
const ServerState = Schema.Struct(stateFields)

/** `at` is the server's time in epoch milliseconds. */
export type ServerState = typeof ServerState.Type

/** The fields are transaction, table, weight (1 inserted, -1 deleted) and the row's values. */
const Change = Schema.Tuple([Schema.String, Schema.String, Schema.Int, Schema.Array(Schema.Unknown)])
export type Change = typeof Change.Type

export interface ChangeSet {
  readonly state: ServerState
  readonly changes: ReadonlyArray<Change>
}

export const decodeServerState = decodeRow(ServerState)

const decodePage = decodeRows(Schema.Struct({ change: Schema.String }))
const decodePageOfChanges = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Array(Change)))

export const decodeChangePage = <E, R>(rows: Effect.Effect<ReadonlyArray<object>, E, R>) =>
  Effect.map(decodePage(rows), (page) => decodePageOfChanges(`[${page.map(({ change }) => change).join()}]`))

const decodeHasChanges = decodeRow(Schema.Struct({ ...stateFields, hasChanges: Schema.Boolean }))

const decodeWithChanges = decodeRow(
  Schema.Struct({ ...stateFields, changes: Schema.fromJsonString(Schema.Array(Change)) })
)

export const decodeChanges = <E, R>(rows: Effect.Effect<ReadonlyArray<object>, E, R>) =>
  Effect.map(decodeWithChanges(rows), ({ changes, ...state }): ChangeSet => ({ state, changes }))

export const fetchHasChanges = (send: Send, organizationId: string, snapshot: string) =>
  decodeHasChanges(send(hasChangesSince(organizationId, snapshot)))

export const fetchChanges = Effect.fnUntraced(function*(send: Send, organizationId: string, snapshot: string) {
  const { hasChanges, ...state } = yield* fetchHasChanges(send, organizationId, snapshot)
  if (hasChanges) return yield* decodeChanges(send(changesSince(organizationId, snapshot)))
  const unchanged: ChangeSet = { state, changes: [] }
  return unchanged
})
