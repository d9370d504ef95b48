import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Console, Data, Effect, Fiber, Redacted } from "effect"
import { machine } from "../bench/tables.ts"
import { balancer } from "../support/balancer.ts"
import { runProcess } from "../support/commandLine.ts"
import { serverIn } from "../support/embeddedServer.ts"
import { temporaryFolder } from "../support/folder.ts"
import { newerVersion } from "../support/newerVersion.ts"
import { pgbouncer } from "../support/pgbouncer.ts"
import { serviceOn } from "../support/RunningService.ts"
import { claims, makeKeyPair, sign } from "../support/Tokens.ts"
import { report } from "../support/underLoad.ts"
import { allMillis, countOf, type Outcome, send, shownMillis, shownOutcomes } from "./Sender.ts"

class Broken extends Data.TaggedError("Broken")<{ readonly message: string }> {}

const aSecond = 100
const forSeconds = 40
const drainSeconds = 2

const key = makeKeyPair()
const token = sign(key, { ...claims(), sub: "user_ana", o: { id: "org_demo", rol: "admin" } })

const widgets = ["leads.total", "deals.total", "tasks.total"].map((metricId) => ({
  instanceId: metricId,
  metricId,
  chart: "stat"
}))

/** Half of the requests are runs, a quarter list reports, and a quarter create a report. */
const asked = [
  { method: "POST", path: "/crm-reports/metrics/run", body: JSON.stringify({ everyone: true, widgets }) },
  { method: "GET", path: "/crm-reports" },
  { method: "POST", path: "/crm-reports/metrics/run", body: JSON.stringify({ everyone: true, widgets }) },
  { method: "POST", path: "/crm-reports", body: JSON.stringify(report("Loaded")) }
] as const

const isFault = (outcome: Outcome) => !outcome.startsWith("2") || outcome === "200 with errors"

/** Under load, a version with one more migration replaces one of two instances that use PgBouncer. */
const load = Effect.gen(function*() {
  const { url } = yield* serverIn(yield* temporaryFolder, { jit: "off" })
  const through = (yield* pgbouncer(url)).through(url)
  yield* runProcess(["seed"], { DATABASE_URL: Redacted.value(url), DEVELOPMENT_SIGN_IN: "true" })
  const start = (program?: string) =>
    serviceOn(through, key, { DRAIN_FOR: `${drainSeconds} seconds` }, program === undefined ? {} : { program })
  const [ending, staying] = yield* Effect.all([start(), start()])
  const { add, port, untilUnready } = yield* balancer
  yield* Effect.all([add(ending.port), add(staying.port)])
  const program = yield* newerVersion
  const call = (index: number) => ({ port, token, ...(asked[index % asked.length] ?? asked[0]) })
  yield* Effect.promise(() => send(call, aSecond, 5))
  const sending = yield* Effect.forkChild(Effect.promise(() => send(call, aSecond, forSeconds)))
  yield* Effect.sleep("5 seconds")
  yield* ending.signal("SIGTERM")
  yield* untilUnready(ending.port)
  const { code } = yield* ending.ended
  const newer = yield* start(program)
  yield* add(newer.port)
  const isInTime = sending.pollUnsafe() === undefined
  const sent = yield* Fiber.join(sending)
  yield* Console.log(
    `${machine()}\n${aSecond} requests a second: ${shownOutcomes(sent)}; ${
      shownMillis(allMillis(sent))
    }; the ended instance exited with ${code}`
  )
  if (!isInTime) return yield* new Broken({ message: "the newer version started after the load had ended" })
  const failed = countOf(sent, isFault)
  if (failed > 0) return yield* new Broken({ message: `${failed} requests failed` })
}).pipe(Effect.scoped)

NodeRuntime.runMain(load)
