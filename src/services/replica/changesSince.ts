import { Effect, Schema } from "effect"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { lines, organization, type Statement } from "../../query/sql/Statement.ts"
import { captureEpoch } from "./changeLog.ts"
import { rowImages } from "./rowImages.ts"

/** What a statement sees: which moment, whether that goes on from an earlier one, and when it was by the server's clock. */
const present = lines(
  `pg_current_snapshot()::text AS moment, ${captureEpoch} AS "captureEpoch",`,
  "(extract(epoch FROM clock_timestamp()) * 1000)::bigint::text AS at"
)

/** Another version may know more of them. */
const tables = [...rowImages.keys()].map((table) => `'${table}'`)

const sinceThen = lines(
  `FROM crm.changes c WHERE c.organization_id = ${organization} AND c.relation IN (${tables.join(", ")})`,
  "  AND c.xid >= pg_snapshot_xmin($2::pg_snapshot) AND NOT pg_visible_in_snapshot(c.xid, $2::pg_snapshot)"
)

export const serverStateNow = `SELECT ${present}`

const question = (more: string) => (organizationId: string, moment: string): Statement => ({
  text: `${serverStateNow}, ${more}`,
  params: [organizationId, moment]
})

/** Whether anything has changed since the moment: mostly nothing has, and this costs a third of asking what. */
export const hasChangesSince = question(lines("EXISTS (", `SELECT ${sinceThen}`, ") AS has_changed"))

/** More at once are read anew faster. */
export const mostChanges = 5_000

const imageOfChange = lines(
  "CASE c.relation",
  ...[...rowImages].map(([table, image]) =>
    `WHEN '${table}' THEN (SELECT ${image} FROM jsonb_populate_record(NULL::crm.${table}, c.image) r)`
  ),
  "END"
)

/** What has changed since the moment, in order. */
export const changesSince = question(lines(
  "(",
  "SELECT coalesce(json_agg(json_build_array(n.xid::text, n.relation, n.weight, n.image) ORDER BY n.change_id), '[]')",
  "FROM (",
  `SELECT c.xid, c.change_id, c.relation, c.weight, ${imageOfChange} AS image`,
  sinceThen,
  `LIMIT ${mostChanges + 1}`,
  ") n)::text AS changes"
))

const seen = { moment: Schema.String, captureEpoch: Schema.String, at: Schema.FiniteFromString }
const ServerState = Schema.Struct(seen)

/** A moment, what says whether it can be trusted to go on from another, and epoch milliseconds. */
export type ServerState = typeof ServerState.Type

/** Transaction, table, 1 for what came and -1 for what went, and the image of the row. */
const Change = Schema.Tuple([Schema.String, Schema.String, Schema.Int, Schema.Array(Schema.Unknown)])
export type Change = typeof Change.Type

const decodeSeen = Schema.decodeUnknownSync(Schema.Tuple([ServerState]))
const decodeWhether = Schema.decodeUnknownSync(Schema.Tuple([Schema.Struct({ ...seen, has_changed: Schema.Boolean })]))
const decodeWhat = Schema.decodeUnknownSync(
  Schema.Tuple([Schema.Struct({ ...seen, changes: Schema.fromJsonString(Schema.Array(Change)) })])
)

export interface ChangeSet {
  readonly seen: ServerState
  readonly changes: ReadonlyArray<Change>
}

export const decodeServerState = (rows: ReadonlyArray<object>): ServerState => decodeSeen(rows)[0]

export const decodeChanges = (rows: ReadonlyArray<object>): ChangeSet => {
  const [{ changes, ...seen }] = decodeWhat(rows)
  return { seen, changes }
}

/** What an organization's rows are now, as far as they have changed since the moment. */
export const look = Effect.fnUntraced(function*(
  ask: (statement: Statement) => Effect.Effect<ReadonlyArray<object>, Unreachable>,
  organizationId: string,
  moment: string
) {
  const [{ has_changed: hasChanged, ...seen }] = decodeWhether(yield* ask(hasChangesSince(organizationId, moment)))
  return hasChanged ? decodeChanges(yield* ask(changesSince(organizationId, moment))) : { seen, changes: [] }
})
