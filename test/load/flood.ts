import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Data, Effect, Fiber } from "effect"
import { Command, Flag } from "effect/cli"
import { reportFailure, teardown } from "../../src/commands/cli.ts"
import { median, percentile, sum } from "../bench/figures.ts"
import { Server } from "../bench/Server.ts"
import { machine } from "../bench/tables.ts"
import { heavyWidgets, large, largeService, lightWidgets, small } from "./largeService.ts"
import { allMillis, type Call, countOf, send, sendInTurn, type Sent, shownMillis, shownOutcomes } from "./Sender.ts"
import { sending } from "./sending.ts"

class Broken extends Data.TaggedError("Broken")<{ readonly message: string }> {}

const runsASecond = 20
const connections = 32
/** V8 compiles the code during the warm-up. */
const warmUpSeconds = 8
const mostRatio = 2.5

const shown = (sent: Sent) => `${shownOutcomes(sent)}; ${shownMillis(allMillis(sent))}`

const p95 = (sent: Sent) => percentile(allMillis(sent), 0.95)

/** Compares the runs of an organization alone with its runs while another one floods the service. */
const round = Effect.fnUntraced(function*(quietCall: Call, floodCall: Call, seconds: number) {
  const runs = Effect.promise(() => send(() => quietCall, runsASecond, seconds))
  const quiet = yield* runs
  const flood = yield* Effect.forkChild(sending({ calls: [floodCall], connections, seconds: seconds + 2 }))
  yield* Effect.sleep("1 second")
  const beside = yield* runs
  const flooded = yield* Fiber.join(flood)
  yield* Console.log(`quiet: ${shown(quiet)}\nbeside the flood: ${shown(beside)}\nthe flood: ${shown(flooded)}`)
  return { ratio: p95(beside) / p95(quiet), failed: countOf(beside, (outcome) => outcome !== "200") }
})

const flood = Command.make("flood", {
  folder: Flag.String("folder").pipe(Flag.withDefault(".data/bench")),
  size: Flag.Literals("size", ["S", "M"]).pipe(Flag.withDefault("M")),
  replicaRows: Flag.Int("replica-rows").pipe(Flag.withDefault(20_000_000)),
  rateLimits: Flag.Boolean("rate-limits").pipe(Flag.withDefault(false)),
  rounds: Flag.Int("rounds").pipe(Flag.withDefault(3)),
  seconds: Flag.Int("seconds").pipe(Flag.withDefault(10))
}, ({ folder, rateLimits, replicaRows, rounds, seconds, size }) =>
  Effect.gen(function*() {
    const { loaded, runOf } = yield* largeService({ size, replicaRows, rateLimits })
    const floodCall = runOf(large, "user_ana", heavyWidgets)
    const quietCall = runOf(small, "user_alice", lightWidgets)
    yield* loaded([quietCall, runOf(large, "user_ana", lightWidgets)])
    for (const call of [quietCall, floodCall]) yield* Effect.promise(() => sendInTurn(() => call, 2, warmUpSeconds))
    const done = yield* Effect.replicateEffect(round(quietCall, floodCall, seconds), rounds)
    const ratios = done.map(({ ratio }) => ratio)
    const failed = sum(done.map(({ failed }) => failed))
    yield* Console.log(
      `p95 beside ${connections} connections × ${heavyWidgets.length} heavy widgets / quiet: ${
        ratios.map((ratio) => ratio.toFixed(2)).join(", ")
      }, with REPLICA_ROWS=${replicaRows}. ${machine()}`
    )
    if (failed > 0) {
      return yield* new Broken({ message: `${failed} runs beside the flood were refused, or lacked a widget` })
    }
    if (median(ratios) > mostRatio) return yield* new Broken({ message: `the median ratio is above ${mostRatio}` })
  }).pipe(Effect.scoped, Effect.provide(Server.layerIn(folder)))).pipe(
    Command.withDescription("Measure the runs of an organization beside a flood of another one")
  )

flood.pipe(
  Command.run({ version: "0.1.0" }),
  reportFailure,
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown })
)
