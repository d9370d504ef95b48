import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Data, Effect } from "effect"
import { Command, Flag } from "effect/cli"
import { reportFailure, teardown } from "../../src/commands/cli.ts"
import { median, percentile, sum } from "../bench/figures.ts"
import { Server } from "../bench/Server.ts"
import { machine } from "../bench/tables.ts"
import { large, largeService, lightWidgets, wholeReport } from "./largeService.ts"
import { countOf, type Outcome, type Sent, shownMillis, shownOutcomes } from "./Sender.ts"
import { sending } from "./sending.ts"

class Broken extends Data.TaggedError("Broken")<{ readonly message: string }> {}

const connections = 16
const warmUpSeconds = 20
const mostAcceptedMillis = 2_000
const leastShare = 0.9
const mostRefusedMillis = 10

const isAccepted = (outcome: string) => outcome === "200"
const aSecond = (sent: Sent) => countOf(sent, isAccepted) / sent.seconds
const millisOf = (sent: Sent, outcome: Outcome) => sent.millisBy.get(outcome) ?? []

interface Round {
  /** Computed reports a second over 16 connections, before and after the overload. */
  readonly capacities: readonly [before: number, after: number]
  readonly overload: Sent
}

const shareOf = ({ capacities: [before, after], overload }: Round) => 2 * aSecond(overload) / (before + after)

const shown = (round: Round) =>
  [
    `at twice the capacity: ${shownOutcomes(round.overload)}; sent at most ${
      round.overload.latestMillis.toFixed(0)
    } ms late`,
    ...[...round.overload.millisBy].map(([outcome, millis]) => `${outcome}: ${shownMillis(millis)}`),
    `accepted: ${(shareOf(round) * 100).toFixed(0)} % of the mean capacity of ${
      round.capacities.map((capacity) => capacity.toFixed(0)).join(" before and ")
    } after it`
  ].join("\n")

const faultsOf = (rounds: ReadonlyArray<Round>) => {
  const p99 = (outcome: Outcome) => median(rounds.map(({ overload }) => percentile(millisOf(overload, outcome), 0.99)))
  const others = sum(
    rounds.map(({ overload }) => countOf(overload, (outcome) => outcome !== "200" && outcome !== "503"))
  )
  return [
    ...(p99("200") > mostAcceptedMillis ? ["the p99 of accepted runs is too high"] : []),
    ...(median(rounds.map(shareOf)) >= leastShare ? [] : ["too few runs were accepted"]),
    ...(p99("503") > mostRefusedMillis ? ["the p99 of refused runs is too high"] : []),
    ...(others === 0 ? [] : [`${others} runs were neither computed nor refused`])
  ]
}

const capacity = Command.make("capacity", {
  folder: Flag.String("folder").pipe(Flag.withDefault(".data/bench")),
  size: Flag.Literals("size", ["S", "M"]).pipe(Flag.withDefault("M")),
  replicaRows: Flag.Int("replica-rows").pipe(Flag.withDefault(20_000_000)),
  rounds: Flag.Int("rounds").pipe(Flag.withDefault(3)),
  seconds: Flag.Int("seconds").pipe(Flag.withDefault(30)),
  semiSpace: Flag.Int("semi-space").pipe(
    Flag.withDescription("The --max-semi-space-size of the service in MB; 0 is Node's default"),
    Flag.withDefault(0)
  )
}, ({ folder, replicaRows, rounds, seconds, semiSpace, size }) =>
  Effect.gen(function*() {
    const { loaded, runOf } = yield* largeService({
      size,
      replicaRows,
      rateLimits: false,
      flags: [`--max-semi-space-size=${semiSpace}`]
    })
    yield* loaded([runOf(large, "user_ana", lightWidgets)])
    const calls = [runOf(large, "user_ana", wholeReport)]
    const measured = Effect.map(sending({ calls, connections, seconds: seconds / 3 }), aSecond)
    yield* sending({ calls, connections, seconds: warmUpSeconds })
    let capacity = yield* measured
    const round = Effect.gen(function*() {
      const before = capacity
      const overload = yield* sending({ calls, aSecond: Math.round(2 * before), seconds })
      capacity = yield* measured
      const done: Round = { capacities: [before, capacity], overload }
      yield* Console.log(shown(done))
      return done
    })
    const faults = faultsOf(yield* Effect.replicateEffect(round, rounds))
    yield* Console.log(`REPLICA_ROWS=${replicaRows}. ${machine()}`)
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
