import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Data, Effect } from "effect"
import { Command, Flag } from "effect/cli"
import { reportFailure, teardown } from "../../src/commands/cli.ts"
import { percentile } from "../bench/figures.ts"
import { Server } from "../bench/Server.ts"
import { machine } from "../bench/tables.ts"
import { large, largeService, lightWidgets, wholeReport } from "./largeService.ts"
import { countOf, type Sent, shownMillis, shownOutcomes } from "./Sender.ts"
import { sending } from "./sending.ts"

class Broken extends Data.TaggedError("Broken")<{ readonly message: string }> {}

const connections = 16
const mostAcceptedMillis = 2_000
const leastShare = 0.9
const mostRefusedMillis = 10

const isAccepted = (outcome: string) => outcome === "200"
const aSecond = (sent: Sent) => countOf(sent, isAccepted) / sent.seconds

const faultsOf = (sent: Sent, share: number) => {
  const { "200": accepted = [], "503": refused = [] } = Object.fromEntries(sent.millisBy)
  const others = countOf(sent, (outcome) => outcome !== "200" && outcome !== "503")
  return [
    ...(percentile(accepted, 0.99) > mostAcceptedMillis ? ["the p99 of accepted runs is too high"] : []),
    ...(share >= leastShare ? [] : ["too few runs were accepted"]),
    ...(percentile(refused, 0.99) > mostRefusedMillis ? ["the p99 of refused runs is too high"] : []),
    ...(others === 0 ? [] : [`${others} runs were neither computed nor refused`])
  ]
}

const capacity = Command.make("capacity", {
  folder: Flag.String("folder").pipe(Flag.withDefault(".data/bench")),
  size: Flag.Literals("size", ["S", "M"]).pipe(Flag.withDefault("M")),
  replicaRows: Flag.Int("replica-rows").pipe(Flag.withDefault(20_000_000)),
  seconds: Flag.Int("seconds").pipe(Flag.withDefault(30)),
  semiSpace: Flag.Int("semi-space").pipe(
    Flag.withDescription("The --max-semi-space-size of the service in MB; 0 is Node's default"),
    Flag.withDefault(0)
  )
}, ({ folder, replicaRows, seconds, semiSpace, size }) =>
  Effect.gen(function*() {
    const { loaded, runOf } = yield* largeService({
      size,
      replicaRows,
      rateLimits: false,
      flags: [`--max-semi-space-size=${semiSpace}`]
    })
    yield* loaded([runOf(large, "user_ana", lightWidgets)])
    const calls = [runOf(large, "user_ana", wholeReport)]
    yield* sending({ calls, connections, seconds: 10 })
    const closed = yield* sending({ calls, connections, seconds: seconds / 3 })
    const most = aSecond(closed)
    yield* Console.log(
      `capacity: ${most.toFixed(1)} runs a second; ${shownOutcomes(closed)}; ${
        shownMillis(closed.millisBy.get("200") ?? [])
      }`
    )
    const open = yield* sending({ calls, aSecond: Math.round(2 * most), seconds })
    const share = aSecond(open) / most
    yield* Console.log([
      `at twice the capacity, ${seconds} seconds: ${shownOutcomes(open)}; sent at most ${
        open.latestMillis.toFixed(0)
      } ms late`,
      ...[...open.millisBy].map(([outcome, millis]) => `${outcome}: ${shownMillis(millis)}`),
      `accepted: ${(share * 100).toFixed(0)} % of the capacity, with REPLICA_ROWS=${replicaRows}. ${machine()}`
    ].join("\n"))
    const faults = faultsOf(open, share)
    if (faults.length > 0) return yield* new Broken({ message: faults.join("; ") })
  }).pipe(Effect.scoped, Effect.provide(Server.layerIn(folder)))).pipe(
    Command.withDescription("Measure runs at twice the rate that the service can compute")
  )

capacity.pipe(
  Command.run({ version: "0.1.0" }),
  reportFailure,
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown })
)
