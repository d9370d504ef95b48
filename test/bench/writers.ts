import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Effect, Schema } from "effect"
import { Command } from "effect/cli"
import { SqlClient } from "effect/sql"
import { reportFailure, teardown } from "../../src/commands/cli.ts"
import * as Database from "../../src/services/database/Database.ts"
import { decodeRow } from "../../src/services/database/statements.ts"
import { enableCapture } from "../../src/services/replica/changeLog.ts"
import { settingsOf } from "../support/settingsOf.ts"
import { secondsOf } from "./cpu.ts"
import { median } from "./figures.ts"
import { flags } from "./options.ts"
import { seeded } from "./seeded.ts"
import { Server } from "./Server.ts"
import { machine, table } from "./tables.ts"
import { organizationId } from "./widgets.ts"

const rounds = 7
const atOnce = 20_000
const alone = 4_000

const decodePid = decodeRow(Schema.Struct({ pid: Schema.Int }))

const inserted = `
  INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, source, created_at)
  SELECT $1, 'bench_' || n, 'user_ana', 'lead', 'portal', now() - n * interval '1 second'
  FROM generate_series($2::int, $3::int) n`

const updated = "UPDATE crm.leads SET status = 'client' WHERE organization_id = $1 AND lead_id = 'bench_' || $2::int"

/** Returns the CPU seconds of PostgreSQL for 20,000 rows in one statement, and for statements of one row. */
const measured = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { pid } = yield* decodePid(sql`SELECT pg_backend_pid() AS pid`)
  const now = () => secondsOf(pid) ?? Number.NaN
  const started = now()
  yield* sql.unsafe(inserted, [organizationId, 1, atOnce])
  const many = now()
  for (let row = atOnce + 1; row <= atOnce + alone; row++) yield* sql.unsafe(inserted, [organizationId, row, row])
  const single = now()
  for (let row = atOnce + 1; row <= atOnce + alone; row++) yield* sql.unsafe(updated, [organizationId, row])
  const changed = now()
  yield* sql`DELETE FROM crm.leads WHERE organization_id = ${organizationId} AND starts_with(lead_id, 'bench_')`
  yield* sql`VACUUM crm.leads`.unprepared
  return { many: many - started, single: single - many, changed: changed - single }
})

const captured = Effect.andThen(enableCapture, measured)

const plain = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`ALTER TABLE crm.leads DISABLE TRIGGER USER`
  return yield* measured
})

const compared = Effect.gen(function*() {
  const found = yield* Effect.replicateEffect(Effect.all({ plain, captured }), rounds)
  const rowOf = (name: string, of: "many" | "single" | "changed", rows: number) => {
    const each = (which: "plain" | "captured") => median(found.map((one) => one[which][of])) / rows * 1e6
    const ratios = found.map((one) => one.captured[of] / one.plain[of])
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2))
    return [
      name,
      each("plain").toFixed(1),
      each("captured").toFixed(1),
      `**${median(ratios).toFixed(2)}** (${least}–${most})`
    ]
  }
  yield* Console.log(table(["a statement of", "µs a row", "with the change log", "ratio"], [
    rowOf(`${atOnce.toLocaleString("en")} new rows`, "many", atOnce),
    rowOf("one new row", "single", alone),
    rowOf("one changed row", "changed", alone)
  ]))
  yield* Console.log(`\nMedians of ${rounds} rounds. ${machine()}.`)
})

const writers = Command.make("writers", { folder: flags.folder }, ({ folder }) =>
  Effect.gen(function*() {
    const { url } = yield* seeded("S")
    const settings = { ...settingsOf(url), maxConnections: 1 }
    yield* Effect.provide(compared, Database.clientOf(settings))
  }).pipe(Effect.scoped, Effect.provide(Server.layerIn(folder)))).pipe(
    Command.withDescription(
      "Measure the CPU time of PostgreSQL for inserted and updated leads, with and without the change log"
    )
  )

writers.pipe(
  Command.run({ version: "0.1.0" }),
  reportFailure,
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown })
)
