import "effect/schema/SchemaJITCompiler/enable"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Effect } from "effect"
import { Command } from "effect/cli"
import { reportFailure, teardown } from "../../src/commands/cli.ts"
import type { Pair } from "./Contender.ts"
import { plainSql, service } from "./contenders.ts"
import { drizzleCube } from "./cube/contender.ts"
import { queries } from "./cube/queries.ts"
import { agree } from "./equality.ts"
import { freezing } from "./freezing.ts"
import { type Gate, gatesOf } from "./gates.ts"
import { loading } from "./loading.ts"
import { type Case, type Effort, measure } from "./measure.ts"
import { flags } from "./options.ts"
import { seededTwice, type Size, sizes } from "./seeded.ts"
import { Server } from "./Server.ts"
import { headline, machine, reportTable, widgetTable } from "./tables.ts"
import { warmUp } from "./warmUp.ts"
import { organizationId, others, report } from "./widgets.ts"
import { whileWriting } from "./writing.ts"

const inReport = report.map(({ name }) => name)
const all = [...report, ...others].map(({ name }) => name)

interface Options {
  readonly size: Size
  readonly rounds: number
  readonly blockMillis: number
  readonly warmUpSeconds: number
  readonly widgets: ReadonlyArray<string>
  readonly concurrency: ReadonlyArray<number>
  readonly replicaRows: number
  readonly writer: number
  readonly contender: "none" | "drizzle-cube"
  readonly folder: string
}

interface Terms extends Options {
  readonly gates: ReadonlyArray<Gate>
  readonly effort: Effort
}

const widgetCases = (gates: ReadonlyArray<Gate>, names: ReadonlyArray<string>) =>
  names.flatMap((name) => gates.map((gate): Case => ({ name, gate, concurrency: 1, widgets: [name] })))

const reportCases = (name: string, gates: ReadonlyArray<Gate>, atATime: ReadonlyArray<number>) =>
  gates.flatMap((gate) => atATime.map((concurrency): Case => ({ name, gate, concurrency, widgets: inReport })))

/** Prints each table as soon as it is measured. */
const printTables = Effect.fnUntraced(function*(pair: Pair, names: ReadonlyArray<string>, terms: Terms) {
  const { concurrency, effort, gates } = terms
  const reports = yield* measure(reportCases("report", gates, concurrency), pair, effort)
  yield* Console.log(`\n${reportTable(reports)}`)
  if (names.length === 0) return
  const alone = yield* measure(widgetCases(gates, names), pair, effort)
  const ofReport = alone.filter(({ name }) => inReport.includes(name))
  yield* Console.log(
    `\nMedian ratio of the report's widgets, each alone: ${headline(ofReport)}.\n\n${widgetTable(alone)}`
  )
})

const compared = Effect.fnUntraced(function*(pair: Pair, answers: ReadonlyArray<string>, terms: Terms) {
  const { gates, warmUpSeconds, widgets } = terms
  const agreed = agree(pair, gates, answers)
  yield* agreed
  const asked = yield* warmUp(pair, widgetCases(gates.slice(0, 1), inReport), warmUpSeconds * 1000)
  // After the warm-up, replicas can answer instead of SQL, so the numbers are compared again.
  yield* agreed
  yield* Console.log(
    `\n#### ${pair.contender.name} and ${pair.rival.name}, after ${asked.toLocaleString("en")} requests to each`
  )
  return { agreed, print: printTables(pair, widgets.filter((name) => answers.includes(name)), terms) }
})

const frozen = Effect.fnUntraced(function*(pair: Pair, { effort, gates }: Terms) {
  const freezes = yield* freezing(pair)
  const everyone = gates.slice(-1)
  yield* agree(freezes, everyone, inReport)
  const measured = yield* measure(reportCases("freeze", everyone, [1]), freezes, effort)
  yield* Console.log(`\nFreezes, with nobody writing:\n\n${reportTable(measured)}`)
})

const measured = Effect.fnUntraced(function*(options: Options) {
  const { blockMillis, contender, folder, replicaRows, rounds, size, writer } = options
  const { people, pid, rivalUrl, url } = yield* seededTwice(size)
  const terms = { ...options, gates: gatesOf(people), effort: { rounds, blockMillis, databasePid: pid } }
  const ours = yield* service({ url, folder, replicaRows })
  const rival = yield* plainSql(rivalUrl)
  const [admin = ""] = people
  const pair = { contender: yield* ours.asAdmin(organizationId, admin), rival }
  yield* Console.log(
    `### ${size}: ${
      sizes[size].toLocaleString("en")
    } leads, ${people.length} people in \`${organizationId}\`\n\nMedians of ${rounds} alternating rounds (least–most), REPLICA_ROWS=${replicaRows}, ${
      writer === 0 ? "nobody wrote" : `${writer} rows a second were written`
    }. ${machine()}.`
  )
  if (replicaRows > 0) yield* Console.log(`\n${yield* loading(ours, admin)}`)
  const { agreed, print } = yield* compared(pair, all, terms)
  yield* writer === 0 ? print : whileWriting(print, writer, { people, url, rivalUrl })
  yield* agreed
  yield* frozen(pair, terms)
  if (contender === "none") return
  const cube = { contender: yield* drizzleCube(rivalUrl, folder), rival }
  yield* (yield* compared(cube, all.filter((name) => queries.has(name)), terms)).print
})

const bench = Command.make("bench", flags, ({ quick, warmUp: warmUpSeconds, ...options }) => {
  const usual: Options = { ...options, blockMillis: 600, warmUpSeconds }
  const chosen: Options = quick ? { ...usual, size: "tiny", rounds: 1, blockMillis: 1, warmUpSeconds: 1 } : usual
  return measured(chosen).pipe(Effect.scoped, Effect.provide(Server.layerIn(options.folder)))
}).pipe(Command.withDescription("Measure the service against plain SQL on the same database"))

bench.pipe(
  Command.run({ version: "0.1.0" }),
  reportFailure,
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown })
)
