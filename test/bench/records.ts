import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Duration, Effect, Layer, Option } from "effect"
import { Command, Flag } from "effect/cli"
import { reportFailure, teardown } from "../../src/commands/cli.ts"
import type { RecordsRequest } from "../../src/domain/Records.ts"
import { metricsById } from "../../src/metrics/all.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import * as Database from "../../src/services/database/Database.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { Records } from "../../src/services/run/Records.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { recordsLayer } from "../support/ask.ts"
import { caller } from "../support/TestApp.ts"
import { median } from "./figures.ts"
import { gatesOf } from "./gates.ts"
import { seeded } from "./seeded.ts"
import { Server } from "./Server.ts"
import { machine, table } from "./tables.ts"
import { organizationId, seededUntil, year } from "./widgets.ts"

const asOf = Date.parse(seededUntil)

const pages = ["records", "later"] as const
const names = ["first page", "later page", "totals"]

const admin = caller("admin", "user_of_nobody", organizationId)

type Part = NonNullable<RecordsRequest["part"]> | "later"

/** Returns the median duration of the request in milliseconds. Each round calls `peopleAt` with another turn. */
const measured = Effect.fnUntraced(function*(
  peopleAt: (turn: number) => ReadonlyArray<string>,
  widget: RecordsRequest["widget"],
  part: Part,
  rounds: number
) {
  const records = yield* Records
  const millis: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    const request = { widget, assigneeIds: peopleAt(round * 7) }
    const first = part === "later"
      ? yield* Effect.orDie(records.page(admin, { ...request, part: "records" }))
      : undefined
    const cursor = first?.next ?? undefined
    const asked = { ...request, ...(cursor !== undefined && { cursor }), ...(part !== "later" && { part }) }
    const started = performance.now()
    const page = yield* Effect.orDie(records.page(admin, asked))
    if (page.error !== undefined) return yield* Effect.die(page.error)
    millis.push(performance.now() - started)
  }
  return median(millis)
})

const inSql = recordsLayer.pipe(Layer.provide([MetricSource.layerSql, Organizations.layerSql]))

const command = Command.make("records", {
  size: Flag.Literals("size", ["tiny", "S", "M", "L"]).pipe(Flag.withDefault("M")),
  rounds: Flag.Int("rounds").pipe(Flag.withDefault(15))
}, ({ rounds, size }) =>
  Effect.gen(function*() {
    const { people, url } = yield* seeded(size)
    const gates = gatesOf(people).filter(({ name }) => name !== "5 people")
    const settings = { url: Option.some(url), dataFolder: "", maxConnections: 4, connectFor: Duration.seconds(30) }
    const widgets = [...metricsById].map(([metricId, { charts: [chart] }]) => ({
      instanceId: "w",
      metricId,
      chart,
      timeframe: year.timeframe
    }))
    const rows = yield* Effect.gen(function*() {
      for (const widget of [...widgets, ...widgets, ...widgets]) {
        for (const { peopleAt } of gates) {
          yield* Effect.forEach(pages, (page) => measured(peopleAt, widget, page, 3))
        }
      }
      return yield* Effect.forEach(widgets, (widget) =>
        Effect.gen(function*() {
          const cells = [`\`${widget.metricId}\``]
          for (const { peopleAt } of gates) {
            for (const page of pages) cells.push((yield* measured(peopleAt, widget, page, rounds)).toFixed(1))
            cells.push((yield* measured(peopleAt, widget, "totals", 3)).toFixed(1))
          }
          return cells
        }))
    }).pipe(
      fixedClock(asOf),
      Effect.provide(inSql.pipe(
        Layer.provide(Admission.layer),
        Layer.provideMerge(Database.clientOf(settings))
      ))
    )
    yield* Console.log(table(["metric", ...gates.flatMap(({ name }) => names.map((part) => `${name}, ${part}`))], rows))
    yield* Console.log(`\n${machine()}`)
  }).pipe(Effect.scoped, Effect.provide(Server.layerIn(".data/bench")))).pipe(
    Command.withDescription(
      "How long a page of records and its totals take in the service, for every metric and a year"
    )
  )

command.pipe(
  Command.run({ version: "0.1.0" }),
  reportFailure,
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown })
)
