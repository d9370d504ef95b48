import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Duration, Effect, Option, Result } from "effect"
import { Command, Flag } from "effect/cli"
import { SqlClient } from "effect/sql"
import type { ColumnStore } from "../../src/columnStore/ColumnStore.ts"
import { count } from "../../src/columnStore/count.ts"
import { viewersInScope } from "../../src/columnStore/viewers.ts"
import { reportFailure, teardown } from "../../src/commands/cli.ts"
import { defaultTimeframe } from "../../src/domain/Timeframe.ts"
import { all } from "../../src/metrics/all.ts"
import { type Plan, planOf } from "../../src/query/Plan.ts"
import * as Database from "../../src/services/database/Database.ts"
import { snapshotTransaction } from "../../src/services/database/statements.ts"
import { read, readServerState, unlimited } from "../../src/services/replica/load.ts"
import { churned, leadsToChange, mergeMillis } from "./churn.ts"
import { median } from "./figures.ts"
import { type Gate, gatesOf } from "./gates.ts"
import { scopeOf } from "./scopeOf.ts"
import { seeded } from "./seeded.ts"
import { Server } from "./Server.ts"
import { digits, machine, table } from "./tables.ts"
import { organizationId, others, report, seededUntil, type Widget } from "./widgets.ts"

const filters = { applied: [], ignored: [] }

const plansOf = (widgets: ReadonlyArray<Widget>, people: ReadonlyArray<string>): ReadonlyArray<Plan> => {
  const [scope, asOf] = [scopeOf(people), Date.parse(seededUntil)]
  return widgets.map(({ id, request: { groupBy, timeframe = defaultTimeframe } }) =>
    Result.getOrThrow(planOf({ id, metric: all[id], scope, asOf, groupBy, filters }, timeframe))
  )
}

const countAll = (plans: ReadonlyArray<Plan>, store: ColumnStore) => {
  const viewers = plans[0] && viewersInScope(plans[0].scope)
  for (const plan of plans) count(plan, store, viewers)
}

const blocks = 5
const blockMillis = 120

/** Returns the CPU milliseconds of one run. */
const millisOf = (widgets: ReadonlyArray<Widget>, { peopleAt }: Gate, store: ColumnStore) => {
  const runs = Array.from({ length: 40 }, (_, turn) => plansOf(widgets, peopleAt(turn)))
  let turn = 0
  const block = () => {
    const until = performance.now() + blockMillis
    const before = process.cpuUsage()
    let times = 0
    while (performance.now() < until) {
      countAll(runs[turn++ % runs.length] ?? [], store)
      times += 1
    }
    const { system, user } = process.cpuUsage(before)
    return (user + system) / 1000 / times
  }
  for (let warmUp = 0; warmUp < 3; warmUp++) block()
  return median(Array.from({ length: blocks }, block))
}

const loaded = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const reading = Effect.flatMap(readServerState, (state) => read(organizationId, state, unlimited))
  return (yield* snapshotTransaction(sql)(reading)).store
})

const megabytes = ({ arrayBuffers, heapUsed }: NodeJS.MemoryUsage) => (arrayBuffers + heapUsed) / 2 ** 20

const churnText = (store: ColumnStore, images: Array<ReadonlyArray<unknown>>, everyone: Gate, before: number) => {
  const size = store.size
  const merges = Array.from({ length: 5 }, (_, turn) => mergeMillis(store, images, turn))
  const runs = plansOf(report, everyone.peopleAt(0))
  const { entries, look, report: reports } = churned(store, images, () => countAll(runs, store))
  globalThis.gc?.()
  const held = megabytes(process.memoryUsage()) - before
  return [
    `10,000 changes of leads: appended in ${digits(median(merges.map(({ appended }) => appended)))} ms, merged in ${
      digits(median(merges.map(({ merged }) => merged)))
    } ms of CPU.`,
    `3,600 times 200 updated leads: CPU ms of a look (p50, p99, most) ${
      look.map(digits).join(", ")
    }, of a report of ${everyone.name} ${reports.map(digits).join(", ")}. At most ${entries} entries, before ${size}. ${
      digits(held)
    } MB after it.`
  ].join("\n\n")
}

const columns = Command.make("columns", {
  size: Flag.Literals("size", ["S", "M", "L"]).pipe(Flag.withDefault("M")),
  widgets: Flag.Boolean("widgets").pipe(Flag.withDescription("Also each widget alone"), Flag.withDefault(false)),
  churn: Flag.Boolean("churn").pipe(Flag.withDescription("Also merges and changes"), Flag.withDefault(false)),
  folder: Flag.String("folder").pipe(Flag.withDefault(".data/bench"))
}, ({ churn, folder, size, widgets }) =>
  Effect.gen(function*() {
    const { people, url } = yield* seeded(size)
    const settings = { url: Option.some(url), dataFolder: "", maxConnections: 1, connectFor: Duration.seconds(30) }
    const images = churn
      ? yield* Effect.provide(leadsToChange(organizationId, 50_000), Database.clientOf(settings))
      : []
    globalThis.gc?.()
    const [before, started] = [megabytes(process.memoryUsage()), process.cpuUsage()]
    const store = yield* Effect.provide(loaded, Database.clientOf(settings))
    const { system, user } = process.cpuUsage(started)
    globalThis.gc?.()
    const held = megabytes(process.memoryUsage()) - before
    const gates = gatesOf(people)
    const alone = [...report, ...others]
    const asked = [
      { name: "report", widgets: report },
      ...(widgets ? alone.map((widget) => ({ name: `\`${widget.name}\``, widgets: [widget] })) : [])
    ]
    const rows = asked.map(({ name, widgets }) => [
      name,
      ...gates.map((gate) => digits(millisOf(widgets, gate, store)))
    ])
    globalThis.gc?.()
    const heldLater = megabytes(process.memoryUsage()) - before
    yield* Console.log([
      `${size}: ${store.size} entries, loaded with ${digits((user + system) / 1e6)} s of CPU. ${digits(held)} MB, and ${
        digits(heldLater)
      } MB after counting. CPU ms:`,
      table(["question", ...gates.map(({ name }) => name)], rows),
      ...(churn && gates[2] !== undefined ? [churnText(store, [...images], gates[2], before)] : []),
      `${machine()}.`
    ].join("\n\n"))
  }).pipe(Effect.scoped, Effect.provide(Server.layerIn(folder)))).pipe(
    Command.withDescription("Measure counting in the column store, without HTTP and without a database")
  )

columns.pipe(
  Command.run({ version: "0.1.0" }),
  reportFailure,
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown })
)
