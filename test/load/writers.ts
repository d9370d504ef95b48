import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Data, Effect, Fiber } from "effect"
import { Command, Flag } from "effect/cli"
import { SqlClient } from "effect/sql"
import { reportFailure, teardown } from "../../src/commands/cli.ts"
import * as Database from "../../src/services/database/Database.ts"
import { deleteOldChanges } from "../../src/services/replica/ChangeCleanup.ts"
import { enableCapture } from "../../src/services/replica/changeLog.ts"
import { load, unlimited } from "../../src/services/replica/load.ts"
import { percentile } from "../bench/figures.ts"
import { seeded } from "../bench/seeded.ts"
import { Server } from "../bench/Server.ts"
import { machine, table } from "../bench/tables.ts"
import { organizationId } from "../bench/widgets.ts"
import { begun } from "../support/locks.ts"
import { settingsOf } from "../support/settingsOf.ts"
import { type Write, writing } from "./writing.ts"

class Broken extends Data.TaggedError("Broken")<{ readonly message: string }> {}

const mostMillis = 100

const dropTriggers = SqlClient.SqlClient.use((sql) =>
  Effect.forEach(
    ["leads", "calls"],
    (name) => sql`DROP FUNCTION IF EXISTS ${sql.literal(`crm_capture.log_${name}`)} CASCADE`
  )
)

const touched = SqlClient.SqlClient.use((sql) =>
  sql`UPDATE crm.leads SET source = source WHERE organization_id = ${organizationId}`
)

/** Makes the marks an hour older, so that the cleanup deletes the logged changes. */
const cleanedUp = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* deleteOldChanges
  yield* sql`UPDATE crm_capture.cleanup_marks SET made_at = made_at - interval '1 hour'`
  yield* deleteOldChanges
  yield* Effect.sleep("5 seconds")
}).pipe(Effect.orDie)

const row = (phase: string, writes: ReadonlyArray<Write>) => {
  const millis = writes.map((write) => write.millis)
  const worst = writes.toSorted((a, b) => b.millis - a.millis)[0]
  return [
    phase,
    String(writes.length),
    ...[0.5, 0.99, 1].map((part) => percentile(millis, part).toFixed(1)),
    worst?.heldBy.join("; ") ?? ""
  ]
}

const writers = Command.make("writers", {
  folder: Flag.String("folder").pipe(Flag.withDefault(".data/bench")),
  size: Flag.Literals("size", ["S", "M"]).pipe(Flag.withDefault("M"))
}, ({ folder, size }) =>
  Effect.gen(function*() {
    const { url } = yield* seeded(size)
    const settings = { ...settingsOf(url), maxConnections: 4 }
    const client = Database.layerOf(settings)
    const quiet = Effect.sleep("5 seconds")
    /** Enables the change log while a transaction that has written to a table stays open for three seconds. */
    const besideTransaction = Effect.gen(function*() {
      yield* dropTriggers
      const commit = yield* begun(url, "UPDATE crm.calls SET outcome = outcome WHERE organization_id = 'org_harbor'")
      const capture = yield* Effect.forkChild(Effect.exit(enableCapture))
      yield* Effect.sleep("3 seconds")
      yield* commit
      yield* Fiber.join(capture)
    }).pipe(Effect.scoped)
    const phases = [
      ["nothing", quiet],
      ["triggers are created", Effect.repeat(Effect.andThen(dropTriggers, enableCapture), { times: 20 })],
      ["triggers are created beside an open transaction", besideTransaction],
      ["nothing, with triggers", Effect.andThen(enableCapture, quiet)],
      ["a replica is loaded", load(organizationId, unlimited)],
      ["the CRM changes all leads of an organization", touched],
      ["changes are deleted", cleanedUp],
      ["a checkpoint", SqlClient.SqlClient.use((sql) => sql`CHECKPOINT`)]
    ] as const
    const end = yield* writing(url)
    yield* Effect.sleep("2 seconds")
    const spans = yield* Effect.forEach(phases, ([phase, work]) =>
      Effect.gen(function*() {
        const from = Date.now()
        yield* Effect.provide(work, client)
        return { phase, from, to: Date.now() }
      }))
    const writes = yield* end
    const rows = spans.map(({ from, phase, to }) => row(phase, writes.filter(({ at }) => at >= from && at <= to)))
    yield* Console.log(table(["meanwhile", "writes", "p50 ms", "p99 ms", "most ms", "the slowest waited for"], rows))
    yield* Console.log(`\n${machine()}`)
    const most = Math.max(...rows.filter(([phase]) => !phase?.startsWith("the CRM")).map((cells) => Number(cells[4])))
    if (most > mostMillis) return yield* new Broken({ message: `a statement took ${most} ms` })
  }).pipe(Effect.scoped, Effect.provide(Server.layerIn(folder)))).pipe(
    Command.withDescription("Measure how long a writer waits for the service")
  )

writers.pipe(
  Command.run({ version: "0.1.0" }),
  reportFailure,
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown })
)
