import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { counted } from "../../domain/counted.ts"
import { decodeRow, decodeRows } from "../../services/database/statements.ts"

const decodeVersion = decodeRow(Schema.Struct({ version: Schema.Int }))

const decodeSubscriptions = decodeRows(Schema.Struct({
  name: Schema.String,
  isEnabled: Schema.Boolean,
  hasWorker: Schema.Boolean,
  errors: Schema.Int,
  seconds: Schema.NullOr(Schema.Int),
  bytes: Schema.NullOr(Schema.Finite),
  copying: Schema.Int
}))

/** PostgreSQL counts errors since version 15. */
const selectFor = (version: number) =>
  `SELECT s.subname AS name, s.subenabled AS "isEnabled",
  EXISTS (SELECT FROM pg_stat_subscription w WHERE w.subid = s.oid AND w.relid IS NULL AND w.pid IS NOT NULL)
    AS "hasWorker",
  ${
    version >= 150_000
      ? `coalesce((SELECT least(e.apply_error_count + e.sync_error_count, 1000000000) FROM pg_stat_subscription_stats e
    WHERE e.subid = s.oid), 0)::int`
      : "0"
  } AS errors,
  (SELECT floor(extract(epoch FROM now() - max(w.latest_end_time)))::int FROM pg_stat_subscription w
    WHERE w.subid = s.oid AND w.relid IS NULL) AS seconds,
  (SELECT max(pg_wal_lsn_diff(w.received_lsn, w.latest_end_lsn))::float8 FROM pg_stat_subscription w
    WHERE w.subid = s.oid AND w.relid IS NULL) AS bytes,
  (SELECT count(*)::int FROM pg_subscription_rel r WHERE r.srsubid = s.oid AND r.srsubstate <> 'r') AS copying
FROM pg_subscription s WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND EXISTS (SELECT FROM pg_subscription_rel r JOIN pg_class c ON c.oid = r.srrelid
    WHERE r.srsubid = s.oid AND c.relnamespace = to_regnamespace('crm'))
ORDER BY 1`

interface SubscriptionState {
  readonly name: string
  readonly isRunning: boolean
  readonly text: string
}

const continueHow = "docs/data.md says how to go on after a refused row"

/** Without a worker, PostgreSQL has stopped the subscription, or starts it again every few seconds after an error. */
const problemOf = ({ errors, hasWorker, isEnabled, name }: {
  readonly name: string
  readonly isEnabled: boolean
  readonly hasWorker: boolean
  readonly errors: number
}): string | undefined => {
  const refused = errors === 0 ? "" : `, after ${counted(errors, "error", "errors")} that PostgreSQL's log names`
  if (!isEnabled) return `the subscription ${name} is disabled${refused}, so no row arrives: ${continueHow}`
  if (hasWorker) return undefined
  return `the subscription ${name} has no worker${refused}, so no row arrives: ${continueHow}`
}

/** The subscriptions of this database that fill CRM tables. */
export const subscriptions = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { version } = yield* decodeVersion(sql`SELECT current_setting('server_version_num')::int AS version`)
  const found = yield* decodeSubscriptions(sql.unsafe(selectFor(version)))
  return found.map((one): SubscriptionState => {
    const problem = problemOf(one)
    if (problem !== undefined) return { name: one.name, isRunning: false, text: problem }
    const errors = one.errors === 0 ? "" : `, ${counted(one.errors, "error", "errors")} so far`
    const copying = one.copying === 0 ? "" : `, ${counted(one.copying, "table is", "tables are")} still copied`
    const age = one.seconds === null
      ? "nothing arrived yet"
      : `the last message arrived ${counted(one.seconds, "second", "seconds")} ago`
    return {
      name: one.name,
      isRunning: true,
      text: `the subscription ${one.name} has a worker, ${age}, ${
        counted(one.bytes ?? 0, "byte", "bytes")
      } behind${copying}${errors}`
    }
  })
})
