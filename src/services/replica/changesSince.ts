import { Duration, Effect, Schema } from "effect"
import { definitions, type JoinDefinition } from "../../columnStore/joined/joins.ts"
import { lines, type Statement } from "../../query/sql/Statement.ts"
import { decodeRow, decodeRows, type Send } from "../database/statements.ts"
import { captureEpoch, captureEpochSince, changeTable, isUnchangedSince } from "./captureEpoch.ts"
import { type KeyRows, type Limit, TouchedInJson, touchedKeys, unseenIn } from "./keyQueries.ts"
import { rowImages } from "./rowImages.ts"

export const changeRetention = Duration.hours(1)

/** This gap must be shorter than `changeRetention`, so that a replica misses no deleted changes. */
export const maxRefreshGap = Duration.minutes(30)

const time = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint::text AS at"

const serverState = (epoch: string) =>
  lines(`pg_current_snapshot()::text AS snapshot, ${epoch} AS "captureEpoch",`, time)

const changeOf = ([table, image]: readonly [string, string]) =>
  `json_build_array(r.xid::text, '${table}', r.weight, ${image})::text AS change`

const unseenChanges = (limit: Limit) =>
  [...rowImages].map((image) => unseenIn(changeTable(image[0]), changeOf(image), limit)).join("\nUNION ALL ")

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

/** Decoding more changes, or joining more rows, would block the process for over 10 ms. */
export const maxChanges = 2_000

const limit = maxChanges + 1

const changes = `(SELECT concat('[', string_agg(n.change, ','), ']') FROM (${unseenChanges(limit)}
LIMIT ${limit}) n) AS changes`

const touchedBy = new Map(definitions.map((join) => [
  join,
  `(SELECT concat('[', string_agg(k.keyed, ','), ']') FROM (${touchedKeys(join, limit)}) k)`
]))

/** The rows of other joins are not read. */
const touched = (joins: ReadonlyArray<JoinDefinition>) =>
  `concat('[', ${
    definitions.map((join) => joins.includes(join) ? touchedBy.get(join) : "'[]'").join(", ',',\n")
  }, ']') AS touched`

export const changesSince = (
  organizationId: string,
  snapshot: string,
  joins: ReadonlyArray<JoinDefinition> = definitions
): Statement => ({
  text: lines(`${selectServerState},`, `${changes},`, touched(joins)),
  params: [organizationId, snapshot]
})

export const allChangesSince = unseenChanges("ALL")

const stateFields = { snapshot: Schema.String, captureEpoch: Schema.String, at: Schema.FiniteFromString }
/** `at` is the time of the server in epoch milliseconds. */
export const ServerState = Schema.Struct(stateFields)
export type ServerState = typeof ServerState.Type

/** A change has a transaction number, a table, a weight (1 inserted, -1 deleted), and the values of the row. */
const Change = Schema.Tuple([Schema.String, Schema.String, Schema.Int, Schema.Array(Schema.Unknown)])
export type Change = typeof Change.Type

type Known = Pick<ServerState, "snapshot" | "captureEpoch">

interface LastLook extends Known {
  /** If true, nothing was committed between the last two looks, and probably nothing since. */
  readonly wasUnchanged: boolean
}

export interface LastRefresh extends LastLook {
  /** The joins whose rows a refresh reads. */
  readonly joins: ReadonlyArray<JoinDefinition>
}

export interface ChangeSet {
  readonly state: ServerState
  readonly changes: ReadonlyArray<Change>
  /** The rows of the keys that have changes, for each join in the order of `definitions`. */
  readonly touched: ReadonlyArray<ReadonlyArray<KeyRows>>
}

const sizeOf = (keys: ReadonlyArray<KeyRows>) =>
  keys.reduce((sum, [, rows, changes]) => sum + rows.length + changes.length, 0)

/** If true, rows may be missing in the change set. */
export const isTooLarge = ({ changes, touched }: ChangeSet) =>
  changes.length > maxChanges || touched.some((keys) => sizeOf(keys) > maxChanges)

export const decodeServerState = decodeRow(ServerState)

const decodePage = decodeRows(Schema.Struct({ change: Schema.String }))
const decodePageOfChanges = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Array(Change)))

export const decodeChangePage = <E, R>(rows: Effect.Effect<ReadonlyArray<object>, E, R>) =>
  Effect.map(decodePage(rows), (page) => decodePageOfChanges(`[${page.map(({ change }) => change).join()}]`))

const decodeUnchanged = decodeRow(Schema.Struct({ at: stateFields.at, isUnchanged: Schema.Boolean }))

const decodeHasChanges = decodeRow(Schema.Struct({ ...stateFields, hasChanges: Schema.Boolean }))

const decodeWithChanges = decodeRow(
  Schema.Struct({ ...stateFields, changes: Schema.fromJsonString(Schema.Array(Change)), touched: TouchedInJson })
)

export const decodeChanges = <E, R>(rows: Effect.Effect<ReadonlyArray<object>, E, R>) =>
  Effect.map(decodeWithChanges(rows), ({ changes, touched, ...state }): ChangeSet => ({ state, changes, touched }))

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
export const fetchChanges = Effect.fnUntraced(function*(send: Send, organizationId: string, known: LastRefresh) {
  const { hasChanges, ...state } = yield* fetchFully(send, organizationId, known)
  if (hasChanges) return yield* decodeChanges(send(changesSince(organizationId, known.snapshot, known.joins)))
  const unchanged: ChangeSet = { state, changes: [], touched: [] }
  return unchanged
})
