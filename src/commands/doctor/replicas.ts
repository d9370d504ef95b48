import { Effect, Option, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { Config } from "../../Config.ts"
import { counted } from "../../domain/counted.ts"
import { IsDistributed } from "../../services/database/distributed.ts"
import { decodeRow } from "../../services/database/statements.ts"
import { capturedTables } from "../../services/replica/captureEpoch.ts"
import { captureState } from "../../services/replica/changeLog.ts"
import { accessTables } from "../../services/replica/loggedFields.ts"
import { maxReplicaRows, replicasIgnored } from "../../services/replica/replicaSettings.ts"
import { formatCount } from "../cli.ts"
import { advice, type Findings, ok, problem } from "./Finding.ts"

const bytesPerRow = 50

const decodeTables = decodeRow(Schema.Struct({
  role: Schema.String,
  tables: Schema.Int,
  foreign: Schema.NullOr(Schema.String),
  rows: Schema.Finite,
  isAnalyzed: Schema.Boolean,
  isCaptured: Schema.Boolean
}))

const listOf = (tables: Iterable<string>) => [...tables].map((table) => `'${table}'`).join(", ")

/** The number of rows is an estimate that PostgreSQL makes when it analyzes a table. */
const select = `SELECT quote_ident(current_user) AS role, count(*)::int AS tables,
  min(format('crm.%I', c.relname)) FILTER (WHERE NOT pg_has_role(c.relowner, 'USAGE')) AS foreign,
  coalesce(sum(greatest(c.reltuples, 0)) FILTER (WHERE c.relname NOT IN (${
  listOf(accessTables)
})), 0)::float8 AS rows, coalesce(bool_and(c.reltuples >= 0), false) AS "isAnalyzed",
  EXISTS (SELECT FROM pg_class l WHERE l.relnamespace = to_regnamespace('crm_capture') AND l.relname = 'leads_changes')
    AS "isCaptured"
FROM pg_class c WHERE c.relnamespace = to_regnamespace('crm') AND c.relname IN (${listOf(capturedTables)})`

const gainFindings = (replicaRows: number, rows: number, isAnalyzed: boolean): Findings => {
  if (!isAnalyzed) return [advice("it is unknown how many rows replicas would hold: run ANALYZE in the database")]
  const megabytes = formatCount(Math.ceil(rows * bytesPerRow / 1e6))
  const size = `about ${counted(rows, "row, which needs", "rows, which need")} ${megabytes} MB`
  if (replicaRows === 0) {
    return [advice(`replicas are off, and would hold ${size}: docs/replicas.md says what they bring`)]
  }
  const found = `replicas may hold ${counted(replicaRows, "row", "rows")}, and the database has ${size}`
  return [
    replicaRows >= rows ? ok(found) : advice(`${found}: SQL counts the others, or raise REPLICA_ROWS`)
  ]
}

export const replicaSettings = Effect.map(replicasIgnored, (ignored) => Option.toArray(ignored).map(problem))

const captureFindings = Effect.fnUntraced(function*(role: string, foreign: string | null) {
  if (foreign !== null) {
    return [problem(
      `${role} does not own ${foreign}, so it cannot create the triggers of replicas: ALTER TABLE ${foreign} OWNER TO ${role}`
    )]
  }
  const { isPossible } = yield* captureState
  return isPossible ? [] : [problem(
    "replicas are not possible, because a table of the schema crm is not as the migrations made it: see docs/replicas.md"
  )]
})

export const replicas = Effect.gen(function*() {
  if (Option.isNone(yield* Config.databaseUrl)) return []
  if (yield* IsDistributed) return yield* replicaSettings
  const sql = yield* SqlClient.SqlClient
  const replicaRows = yield* maxReplicaRows
  const { foreign, isAnalyzed, isCaptured, role, rows, tables } = yield* decodeTables(sql.unsafe(select))
  // Before all migrations have run, tables or the change log are missing.
  if (tables !== capturedTables.length) return []
  const capture = replicaRows > 0 && isCaptured ? yield* captureFindings(role, foreign) : []
  return [...capture, ...gainFindings(replicaRows, rows, isAnalyzed)]
})
