import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Console, Data, Duration, Effect, Fiber, Redacted, Schedule } from "effect"
import { parseArgs } from "node:util"
import { Client } from "pg"
import { random } from "../../src/data/Random.ts"
import { percentile } from "../bench/figures.ts"
import { serving } from "../bench/Process.ts"
import { machine, table } from "../bench/tables.ts"
import { report } from "../bench/widgets.ts"
import { freePort } from "../support/freePort.ts"
import { withoutRateLimits } from "../support/RunningService.ts"
import { claims, clerkSettings, makeKeyPair, sign } from "../support/Tokens.ts"
import { begun } from "./churn/begun.ts"
import { people } from "./churn/tables.ts"
import { updatesOf } from "./churn/updatesOf.ts"

class Broken extends Data.TaggedError("Broken")<{ readonly message: string }> {}

const { values: given } = parseArgs({
  options: {
    minutes: { type: "string", default: "60" },
    rows: { type: "string", default: "40000" },
    parts: { type: "string" }
  }
})
const [minutes, rows] = [Number(given.minutes), Number(given.rows)]
const idleMinutes = Math.min(2, minutes / 3)
const parts = Number(given.parts ?? Math.max(1, Math.min(12, Math.floor(minutes))))
const spacing = "200 millis"
const rowsASecond = 200
const statementsASecond = 10

const key = makeKeyPair()
const token = sign(key, { ...claims(), sub: "p1", o: { id: "north", rol: "admin" } })

const timeframe = { preset: "last_12m", bucket: "week" }
const widgets = report.map(({ name, request }) => ({ ...request, instanceId: name, timeframe }))
const bodies = [{ everyone: true }, { assigneeIds: people.slice(0, 5) }, {}].map((selection) =>
  JSON.stringify({ widgets, ...selection })
)

const service = Effect.fnUntraced(function*(url: Redacted.Redacted) {
  const [metricsPort, memoryPort] = yield* Effect.promise(() => Promise.all([freePort(), freePort()]))
  const { port } = yield* serving("src/main.ts", {
    ...withoutRateLimits,
    DATABASE_URL: Redacted.value(url),
    HOST: "127.0.0.1",
    ...clerkSettings(key.publicPem),
    REPLICA_ROWS: "10000000",
    METRICS_PORT: String(metricsPort),
    MEMORY_PORT: String(memoryPort)
  }, { execArgs: ["--expose-gc", "--import", `${import.meta.dirname}/churn/memoryPort.ts`] })
  const textOf = (port: number, path = "/") =>
    Effect.promise(async () => (await fetch(`http://127.0.0.1:${port}${path}`)).text())
  const run = (turn: number) =>
    Effect.promise(async () => {
      const since = performance.now()
      const response = await fetch(`http://127.0.0.1:${port}/crm-reports/metrics/run`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: bodies[turn % bodies.length] ?? ""
      })
      const text = await response.text()
      const [, fault] = /"error":\{"code":"(\w+)"/.exec(text) ?? []
      return { millis: performance.now() - since, fault: response.status === 200 ? fault : String(response.status) }
    })
  const metric = (text: string, name: string, label: string) =>
    Number(new RegExp(`^crm_reports_${name}\\{[^}]*${label}[^}]*\\} (\\S+)`, "m").exec(text)?.[1] ?? 0)
  const state = Effect.gen(function*() {
    const memory: NodeJS.MemoryUsage = JSON.parse(yield* textOf(memoryPort))
    const metrics = yield* textOf(metricsPort, "/metrics")
    return {
      memory,
      loads: metric(metrics, "replica_loads_total", "\"loaded\""),
      caughtUp: metric(metrics, "replica_loads_total", "\"caught up\""),
      bySql: metric(metrics, "count_seconds_count", "\"sql\""),
      byReplica: metric(metrics, "count_seconds_count", "\"replica\"")
    }
  })
  return { run, state }
})

const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1)

const program = Effect.gen(function*() {
  if (![minutes, rows, parts].every((number) => number > 0)) {
    return yield* new Broken({ message: "--minutes, --rows, and --parts are positive numbers" })
  }
  yield* Console.log(`${machine()}; ${rows} ids, ${rowsASecond} rows a second, a run each ${spacing}`)
  const { url } = yield* begun(rows)
  const { run, state } = yield* service(url)
  const writer = yield* Effect.acquireRelease(
    Effect.promise(async () => {
      const client = new Client(Redacted.value(url))
      await client.connect()
      return client
    }),
    (client) => Effect.promise(() => client.end())
  )
  const update = updatesOf(random(1), rows, rowsASecond / statementsASecond)
  const churn = Effect.promise(() => writer.query(update())).pipe(
    Effect.repeat(Schedule.fixed(`${1000 / statementsASecond} millis`)),
    Effect.forkChild
  )

  const lines: Array<ReadonlyArray<string>> = []
  const faults = new Map<string, number>()
  const measured = Effect.fnUntraced(function*(name: string, forMinutes: number, pause: Duration.Input = spacing) {
    const millis: Array<number> = []
    let turn = 0
    yield* Effect.gen(function*() {
      const { fault, millis: took } = yield* run(turn++)
      millis.push(took)
      if (fault !== undefined) faults.set(fault, (faults.get(fault) ?? 0) + 1)
    }).pipe(Effect.repeat(Schedule.fixed(pause)), Effect.timeoutOption(`${forMinutes} minutes`))
    const { byReplica, bySql, caughtUp, loads, memory } = yield* state
    const times = [0.5, 0.99].map((share) => percentile(millis, share))
    lines.push([
      name,
      ...times.map((time) => time.toFixed(1)),
      ...[memory.heapUsed, memory.external, memory.rss].map(megabytes),
      ...[loads, caughtUp, byReplica, bySql].map(String)
    ])
    yield* Console.log(lines.at(-1)?.join(" | "))
    return times[1] ?? Number.NaN
  })

  // During the warm-up, rows change without pauses, so that all code has run often before it is measured.
  const warming = yield* churn
  yield* measured("warm-up", idleMinutes, Duration.zero)
  yield* Fiber.interrupt(warming)
  const idle = yield* measured("idle", idleMinutes)
  const loaded = yield* state
  const writing = yield* churn
  const p99s: Array<number> = []
  for (let part = 0; part < parts; part++) {
    const [from, to] = [part, part + 1].map((edge) => (edge * minutes / parts).toFixed(1))
    p99s.push(yield* measured(`churn, minutes ${from} to ${to}`, minutes / parts))
  }
  yield* Fiber.interrupt(writing)
  const after = yield* state
  yield* Console.log(table(
    ["", "p50 ms", "p99 ms", "heap MB", "external MB", "RSS MB", "loads", "catch-ups", "by replica", "by SQL"],
    lines
  ))
  yield* Console.log(
    `p99 in churn: ${(percentile(p99s, 0.5) / idle).toFixed(2)} times the idle p99`
  )
  if (after.loads > loaded.loads) return yield* new Broken({ message: "rows were loaded again" })
  const failed = [...faults].map(([fault, count]) => `${count} × ${fault}`)
  if (failed.length > 0) return yield* new Broken({ message: `runs failed: ${failed.join(", ")}` })
}).pipe(Effect.scoped)

NodeRuntime.runMain(program)
