import { Effect, Schema } from "effect"
import { lines, organization, type Statement } from "../../query/sql/Statement.ts"
import { decodeRow, decodeRows, type Send } from "../database/statements.ts"
import { captureEpoch, captureEpochSince, changeTable, isUnchangedSince } from "./captureEpoch.ts"
import { accessTables } from "./loggedFields.ts"
import { rowImages } from "./rowImages.ts"

const time = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint::text AS at"

const serverState = (epoch: string) =>
  lines(`pg_current_snapshot()::text AS snapshot, ${epoch} AS "captureEpoch",`, time)

type Limit = number | "ALL"

/** Selects the changes that the PgSnapshot `$2` does not contain. */
const unseenIn = (table: string, columns: string, limit: Limit, hasOpen = true) => {
  /** ORDER BY makes PostgreSQL read the index, even if its estimates are wrong. */
  const changesWhere = (condition: string) =>
    lines(
      `SELECT ${columns} FROM ${table} r WHERE r.organization_id = ${organization}`,
      `  AND ${condition} ORDER BY r.xid LIMIT ${limit}`
    )
  const begunSince = "r.xid >= pg_snapshot_xmax($2::pg_snapshot) AND r.xid < pg_snapshot_xmax(pg_current_snapshot())"
  if (!hasOpen) return `(${changesWhere(begunSince)})`
  return lines(
    `(${changesWhere(begunSince)})`,
    "UNION ALL (SELECT e.* FROM pg_snapshot_xip($2::pg_snapshot) x CROSS JOIN LATERAL (",
    changesWhere("r.xid = x"),
    ") e WHERE pg_visible_in_snapshot(x, pg_current_snapshot()))"
  )
}

const changeOf = ([table, image]: readonly [string, string]) =>
  `json_build_array(r.xid::text, '${table}', r.weight, ${image})::text AS change`

/** A change of an access table contains no values, because only the name of the table matters. */
const changeImages = [...rowImages, ...[...accessTables].map((table) => [table, "json_build_array()"] as const)]

const unseenChanges = (limit: Limit) =>
  changeImages.map((image) => unseenIn(changeTable(image[0]), changeOf(image), limit)).join("\nUNION ALL ")

export const selectServerState = `SELECT ${serverState(captureEpoch)}`

const hasChanges = (hasOpen: boolean) =>
  lines(
    `SELECT ${serverState(captureEpochSince)}, pg_current_snapshot()::text <> $2`,
    `AND EXISTS (${unseenIn("crm_capture.changes", "1", 1, hasOpen)}) AS "hasChanges"`
  )

const [afterOpen, afterAll] = [hasChanges(true), hasChanges(false)]

const selectUnchanged = `SELECT ${time}, ${isUnchangedSince("$1", "$2")} AS "isUnchanged"`

/** Reads no tables. PostgreSQL needs a fifth of the time of `hasChangesSince`. */
export const unchangedSince = ({ captureEpoch, snapshot }: Known): Statement => ({
  text: selectUnchanged,
  params: [snapshot, captureEpoch]
})

/** This statement is sent before `changesSince`, because it costs much less. */
export const hasChangesSince = (organizationId: string, { captureEpoch, snapshot }: Known): Statement => ({
  text: snapshot.endsWith(":") ? afterAll : afterOpen,
  params: [organizationId, snapshot, captureEpoch]
})

/** Decoding more changes than this would block the process for over 10 ms. */
export const maxChanges = 2_000

const selectChanges = `${selectServerState},
  (SELECT concat('[', string_agg(n.change, ','), ']') FROM (${unseenChanges(maxChanges + 1)}
LIMIT ${maxChanges + 1}) n) AS changes`

export const changesSince = (organizationId: string, snapshot: string): Statement => ({
  text: selectChanges,
  params: [organizationId, snapshot]
})

export const allChangesSince = unseenChanges("ALL")

const stateFields = { snapshot: Schema.String, captureEpoch: Schema.String, at: Schema.FiniteFromString }
const ServerState = Schema.Struct(stateFields)

/** `at` is the time of the server in epoch milliseconds. */
export type ServerState = typeof ServerState.Type

/** A change has a transaction number, a table, a weight (1 inserted, -1 deleted), and the values of the row. */
const Change = Schema.Tuple([Schema.String, Schema.String, Schema.Int, Schema.Array(Schema.Unknown)])
export type Change = typeof Change.Type

type Known = Pick<ServerState, "snapshot" | "captureEpoch">

export interface LastLook extends Known {
  /** If true, nothing was committed between the last two looks, and probably nothing since. */
  readonly wasUnchanged: boolean
}

export interface ChangeSet {
  readonly state: ServerState
  readonly changes: ReadonlyArray<Change>
}

export const decodeServerState = decodeRow(ServerState)

const decodePage = decodeRows(Schema.Struct({ change: Schema.String }))
const decodePageOfChanges = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Array(Change)))

export const decodeChangePage = <E, R>(rows: Effect.Effect<ReadonlyArray<object>, E, R>) =>
  Effect.map(decodePage(rows), (page) => decodePageOfChanges(`[${page.map(({ change }) => change).join()}]`))

const decodeUnchanged = decodeRow(Schema.Struct({ at: stateFields.at, isUnchanged: Schema.Boolean }))

const decodeHasChanges = decodeRow(Schema.Struct({ ...stateFields, hasChanges: Schema.Boolean }))

const decodeWithChanges = decodeRow(
  Schema.Struct({ ...stateFields, changes: Schema.fromJsonString(Schema.Array(Change)) })
)

export const decodeChanges = <E, R>(rows: Effect.Effect<ReadonlyArray<object>, E, R>) =>
  Effect.map(decodeWithChanges(rows), ({ changes, ...state }): ChangeSet => ({ state, changes }))

/** Sends the short statement. Returns undefined if something may have been committed. */
export const fetchUnchanged = (send: Send, known: Known) =>
  Effect.map(
    decodeUnchanged(send(unchangedSince(known))),
    ({ at, isUnchanged }): ServerState | undefined =>
      isUnchanged ? { snapshot: known.snapshot, captureEpoch: known.captureEpoch, at } : undefined
  )

const fetchFully = (send: Send, organizationId: string, known: Known) =>
  decodeHasChanges(send(hasChangesSince(organizationId, known)))

export const fetchHasChanges = Effect.fnUntraced(function*(send: Send, organizationId: string, last: LastLook) {
  const state = last.wasUnchanged ? yield* fetchUnchanged(send, last) : undefined
  return state === undefined ? yield* fetchFully(send, organizationId, last) : { ...state, hasChanges: false }
})

/** Does not send the short statement. */
export const fetchChanges = Effect.fnUntraced(function*(send: Send, organizationId: string, known: Known) {
  const { hasChanges, ...state } = yield* fetchFully(send, organizationId, known)
  if (hasChanges) return yield* decodeChanges(send(changesSince(organizationId, known.snapshot)))
  const unchanged: ChangeSet = { state, changes: [] }
  return unchanged
})
