import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Duration, Effect, Option, Result, Schema } from "effect"
import { Command, Flag } from "effect/cli"
import { SqlClient } from "effect/sql"
import { reportFailure, teardown } from "../../src/commands/cli.ts"
import type { Scope } from "../../src/domain/Scope.ts"
import { all, type MetricId } from "../../src/metrics/all.ts"
import { compile, compileRecords } from "../../src/query/compile.ts"
import { planOf } from "../../src/query/Plan.ts"
import { pointOf } from "../../src/query/series/pointOf.ts"
import * as Database from "../../src/services/database/Database.ts"
import { gatesOf } from "./gates.ts"
import { scopeOf } from "./scopeOf.ts"
import { seeded } from "./seeded.ts"
import { Server } from "./Server.ts"
import { seededUntil, year } from "./widgets.ts"

const Lines = Schema.Array(Schema.Struct({ "QUERY PLAN": Schema.String }))
const decode = Schema.decodeUnknownEffect(Lines)

const ids = Object.keys(all).filter((id): id is MetricId => Object.hasOwn(all, id))

/** Returns PostgreSQL's query plan for one set of values. The generic plan of the service can differ. */
const explained = Effect.fnUntraced(function*(id: MetricId, scope: Scope, ofRecords: boolean) {
  const sql = yield* SqlClient.SqlClient
  const question = { id, metric: all[id], scope, asOf: Date.parse(seededUntil), groupBy: undefined }
  const plan = planOf({ ...question, filters: { applied: [], ignored: [] } }, year.timeframe)
  if (Result.isFailure(plan)) return yield* Effect.die(plan.failure)
  const point = pointOf(plan.success, [], {})
  const { params, text } = ofRecords && point !== undefined
    ? compileRecords({ ...point, limit: 50, after: undefined })
    : compile(plan.success)
  const rows = yield* sql.unsafe(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, params).unprepared
  return (yield* Effect.orDie(decode(rows))).map((row) => row["QUERY PLAN"])
})

const readsHeap = (line: string) =>
  /Seq Scan|Bitmap Heap Scan|(?<!Only) Scan using/.test(line) && !line.includes("Function Scan")

/** Returns the lines of a query plan that read table rows. Leaves out index scans of the small table of tags. */
const heapReads = (lines: ReadonlyArray<string>) =>
  lines.filter((line) => readsHeap(line) && !line.includes("tags_pkey")).map((line) =>
    line.trim().replace(/ {2}\(.*/, "")
  )

const plans = Command.make("plans", {
  size: Flag.Literals("size", ["S", "M", "L"]).pipe(Flag.withDefault("M")),
  gate: Flag.Literals("gate", ["member", "five", "everyone"]).pipe(Flag.withDefault("everyone")),
  records: Flag.Boolean("records").pipe(
    Flag.withDescription("The first page of the records, in the currency of the organization"),
    Flag.withDefault(false)
  ),
  brief: Flag.Boolean("brief").pipe(Flag.withDescription("Only what is not index-only"), Flag.withDefault(false))
}, ({ brief, gate, records, size }) =>
  Effect.gen(function*() {
    const { people, url } = yield* seeded(size)
    const [member, five, everyone] = gatesOf(people).map(({ peopleAt }) => scopeOf(peopleAt(30)))
    const scope = { member, five, everyone }[gate] ?? scopeOf(people)
    const settings = { url: Option.some(url), dataFolder: "", maxConnections: 1, connectFor: Duration.seconds(30) }
    const found = yield* Effect.forEach(ids, (id) =>
      Effect.map(explained(id, scope, records), (lines) => ({ id, lines }))).pipe(
        Effect.provide(Database.clientOf(settings))
      )
    if (!brief) {
      yield* Console.log(
        found.map(({ id, lines }) =>
          [`## ${id}`, ...lines].join("\n")
        ).join("\n\n")
      )
    }
    yield* Console.log([
      "\n| metric | ms | reads rows beside the index |",
      "| --- | --- | --- |",
      ...found.map(({ id, lines }) => {
        const millis = lines.find((line) => line.startsWith("Execution Time"))?.replace(/[^\d.]/g, "") ?? "–"
        return `| \`${id}\` | ${millis} | ${heapReads(lines).join("; ") || "no"} |`
      })
    ].join("\n"))
  }).pipe(Effect.scoped, Effect.provide(Server.layerIn(".data/bench")))).pipe(
    Command.withDescription(
      "What the database does for every metric of the catalog, twelve months, and which read more than indexes"
    )
  )

plans.pipe(
  Command.run({ version: "0.1.0" }),
  reportFailure,
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown })
)
