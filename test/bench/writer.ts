import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Clock, Config, Console, Duration, Effect, Layer, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import * as Database from "../../src/services/database/Database.ts"
import { settingsOf } from "../support/settingsOf.ts"
import { organizationId } from "./widgets.ts"

const rowsInTransaction = 5
const statuses = ["lead", "potential", "client"]

/** This is the time of each new row. The windows of all widgets in the report include it. */
const at = "timestamptz '2025-12-20T10:00:00Z' + $3::text::int % 100000 * interval '1 second'"

const inserted = [
  `INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
   VALUES ($1, 'bench_' || $3, $2, 'lead', ${at})`,
  `INSERT INTO crm.calls (organization_id, call_id, owner_id, direction, outcome, duration_seconds, started_at)
   VALUES ($1, 'bench_' || $3, $2, 'outbound', 'success', 60, ${at})`,
  `INSERT INTO crm.deals (organization_id, deal_id, owner_id, stage, status, price, currency, created_at)
   VALUES ($1, 'bench_' || $3, $2, 'offer', 'open', 100000, 'EUR', ${at})`
]
const updated = [
  "UPDATE crm.leads SET status = $2 WHERE organization_id = $1 AND lead_id = 'bench_' || $3",
  `UPDATE crm.deals SET stage = $2, status = 'won', closed_at = created_at
   WHERE organization_id = $1 AND deal_id = 'bench_' || $3`
]

const written = Effect.fnUntraced(function*(owner: string, turn: number) {
  const sql = yield* SqlClient.SqlClient
  const status = statuses[turn % statuses.length]
  const earlier = Math.max(0, turn - statuses.length * 3)
  yield* sql.withTransaction(Effect.gen(function*() {
    yield* Effect.forEach(inserted, (text) => sql.unsafe(text, [organizationId, owner, String(turn)]))
    yield* Effect.forEach(updated, (text) => sql.unsafe(text, [organizationId, status, String(earlier)]))
  }))
})

const texts = (name: string) => Config.map(Config.String(name), (list) => list.split(" "))

/** Writes the same rows to all databases until it is interrupted. Afterwards, all of them have equal rows. */
const writer = Effect.gen(function*() {
  const [urls, people] = [yield* texts("URLS"), yield* texts("PEOPLE")]
  const millis = rowsInTransaction * 1000 / (yield* Config.Number("ROWS_PER_SECOND"))
  const clients = yield* Effect.forEach(urls, (url) =>
    Layer.build(
      Database.clientOf({ ...settingsOf(Redacted.make(url)), maxConnections: 1 })
    ))
  const started = yield* Clock.currentTimeMillis
  yield* Console.log("writing")
  for (let turn = 0;; turn++) {
    const one = written(people[turn % people.length] ?? "", turn)
    yield* Effect.uninterruptible(Effect.forEach(clients, (client) => Effect.provideContext(one, client)))
    const due = started + (turn + 1) * millis - (yield* Clock.currentTimeMillis)
    yield* Effect.sleep(Duration.millis(Math.max(0, due)))
  }
})

NodeRuntime.runMain(Effect.scoped(writer))
