import "effect/schema/SchemaJITCompiler/enable"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Effect, Option } from "effect"
import { Command, Flag } from "effect/cli"
import { reportFailure, teardown } from "../../src/commands/cli.ts"
import { contenders } from "./contenders.ts"
import { agree } from "./equality.ts"
import { type Gate, gatesOf } from "./gates.ts"
import { type Case, measure } from "./measure.ts"
import { seededTwice, type Size, sizes } from "./seeded.ts"
import { Server } from "./Server.ts"
import { headline, machine, reportTable, widgetTable } from "./tables.ts"
import { warmUp } from "./warmUp.ts"
import { organizationId, others, report } from "./widgets.ts"

const folder = ".data/bench"

const casesOf = (gates: ReadonlyArray<Gate>, chosen: ReadonlyArray<string>, atATime: ReadonlyArray<number>) => {
  const widgets = chosen.flatMap((name) => gates.map((gate): Case => ({ name, gate, concurrency: 1, widgets: [name] })))
  const names = report.map(({ name }) => name)
  const reports = gates.flatMap((gate) =>
    atATime.map((concurrency): Case => ({ name: "report", gate, concurrency, widgets: names }))
  )
  return { widgets, reports }
}

interface Options {
  readonly size: Size
  readonly rounds: number
  readonly blockMillis: number
  readonly warmUpSeconds: number
  readonly widgets: ReadonlyArray<string>
  readonly atATime: ReadonlyArray<number>
  readonly replicaRows: number
}

const measured = Effect.fnUntraced(function*(options: Options) {
  const { atATime, blockMillis, replicaRows, rounds, size, warmUpSeconds, widgets } = options
  const { people, pid, rivalUrl, url } = yield* seededTwice(size)
  const both = yield* contenders({ url, rivalUrl, folder, adminId: people[0] ?? "", replicaRows })
  const gates = gatesOf(people)
  const agreed = agree(both, gates, [...report, ...others].map(({ name }) => name))
  yield* agreed
  const cases = casesOf(gates, widgets, atATime)
  const small = casesOf(gates.slice(0, 1), report.map(({ name }) => name), []).widgets
  const asked = yield* warmUp(both, small, warmUpSeconds * 1000)
  // The replicas are loaded now, so this compares their numbers with those of plain SQL.
  yield* agreed
  const effort = { rounds, blockMillis, databasePid: pid }
  const alone = yield* measure(cases.widgets, both, effort)
  const reports = yield* measure(cases.reports, both, effort)
  const inReport = alone.filter(({ name }) => report.some((widget) => widget.name === name))
  yield* Console.log([
    `### ${size}: ${sizes[size].toLocaleString("en")} leads, ${people.length} people in \`${organizationId}\``,
    `How many times as fast as plain SQL over HTTP, p50, one request at a time, median over the report's widgets: ${
      headline(inReport)
    }.`,
    widgetTable(alone),
    reportTable(reports),
    `Medians of ${rounds} alternating rounds (least–most), after ${
      asked.toLocaleString("en")
    } requests each that warmed both up, with REPLICA_ROWS=${replicaRows}. ${machine()}.`
  ].join("\n\n"))
})

const names = [...report, ...others].map(({ name }) => name)

const bench = Command.make("bench", {
  size: Flag.Literals("size", ["S", "M", "L"]).pipe(
    Flag.withDescription("10 thousand, 1 million or 4 million leads"),
    Flag.withDefault("S")
  ),
  rounds: Flag.Int("rounds").pipe(Flag.withDescription("Each asks both, in alternating order"), Flag.withDefault(5)),
  warmUp: Flag.Int("warm-up").pipe(
    Flag.withDescription(
      "Seconds that both are asked in turn before anything counts: what has just started is not compiled yet"
    ),
    Flag.withDefault(240)
  ),
  widgets: Flag.String("widgets").pipe(
    Flag.withDescription(`Only these, separated by commas: ${names.join(", ")}`),
    Flag.map((list) => list.split(",")),
    Flag.filter(
      (list) => list.every((name) => names.includes(name)),
      () => `some of ${names.join(",")}`
    ),
    Flag.optional
  ),
  concurrency: Flag.String("concurrency").pipe(
    Flag.withDescription("How many reports at a time, separated by commas"),
    Flag.withDefault("1,8,32")
  ),
  replicaRows: Flag.Int("replica-rows").pipe(
    Flag.withDescription("How many rows the service may keep in memory; 0 measures its SQL"),
    Flag.withDefault(10_000_000)
  ),
  quick: Flag.Boolean("quick").pipe(
    Flag.withDescription("A few requests on a tiny seed: tells whether the bench works, not how fast anything is"),
    Flag.withDefault(false)
  )
}, ({ concurrency, quick, replicaRows, rounds, size, warmUp: warmUpSeconds, widgets }) => {
  const atATime = concurrency.split(",").map(Number)
  const chosen = Option.getOrElse(widgets, () => names)
  return measured(
    quick
      ? { size: "tiny", rounds: 1, blockMillis: 1, warmUpSeconds: 1, widgets: chosen, atATime, replicaRows }
      : { size, rounds, blockMillis: 300, warmUpSeconds, widgets: chosen, atATime, replicaRows }
  ).pipe(Effect.scoped, Effect.provide(Server.layerIn(folder)))
}).pipe(Command.withDescription("Measure the service against plain SQL on the same database"))

bench.pipe(
  Command.run({ version: "0.1.0" }),
  reportFailure,
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown })
)
