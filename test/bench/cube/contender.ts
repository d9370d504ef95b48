import { Effect, Redacted, Schema } from "effect"
import { spawn } from "node:child_process"
import { cp } from "node:fs/promises"
import { resolve } from "node:path"
import { ended } from "../../support/ended.ts"
import { cellsOf } from "../cells.ts"
import type { Contender } from "../Contender.ts"
import { sum } from "../figures.ts"
import { serving } from "../Process.ts"
import { organizationId } from "../widgets.ts"
import { queries } from "./queries.ts"

const Row = Schema.Record(Schema.String, Schema.NullOr(Schema.Union([Schema.String, Schema.Finite])))
type Row = typeof Row.Type
const decode = Schema.decodeUnknownEffect(
  Schema.fromJsonString(Schema.Struct({ results: Schema.Array(Schema.Array(Row)) }))
)

const queriesOf = (widget: string) => queries.get(widget) ?? []

const textAt = (row: Row, member = "") => String(row[member] ?? "")

const numberAt = (row: Row, member = "") => Number(row[member] ?? 0)

/** Keeps the rows of the most frequent currency. */
const inDominantCurrency = (rows: ReadonlyArray<Row>) => {
  const deals = Map.groupBy(rows, (row) => textAt(row, "Deals.currency"))
  const count = (of: ReadonlyArray<Row>) => sum(of.map((row) => numberAt(row, "Deals.count")))
  return [...deals.values()].toSorted((a, b) => count(b) - count(a))[0] ?? []
}

const exact = new Set(["Deals.value"])

/** The service rounds rates and durations to one decimal, so the results of drizzle-cube are rounded as well. */
const valueAt = (row: Row, measure = "") =>
  exact.has(measure) ? numberAt(row, measure) : Math.round(numberAt(row, measure) * 10) / 10

/** Returns the numbers of a widget. The second query of a widget, if there is one, is about the previous window. */
const cellsOfWidget = (widget: string, answers: ReadonlyArray<ReadonlyArray<Row>>) => {
  const [query] = queriesOf(widget)
  const [measure, time] = [query?.measures[0], query?.timeDimensions?.[0]?.dimension]
  const isMoney = query?.dimensions?.[0] === "Deals.currency"
  const group = isMoney ? undefined : query?.dimensions?.[0]
  const keyOf = (row: Row) => group === undefined ? "value" : textAt(row, group)
  const [rows = [], previous = []] = answers
  return cellsOf([
    ...(isMoney ? inDominantCurrency(rows) : rows).map((row) => {
      const key = time === undefined ? keyOf(row) : `${textAt(row, time).slice(0, 10)} ${keyOf(row)}`
      return [key, valueAt(row, measure)] as const
    }),
    ...previous.map((row) => ["previous", valueAt(row, measure)] as const)
  ])
}

const cellsIn = Effect.fnUntraced(function*(answer: string, widgets: ReadonlyArray<string>) {
  const { results } = yield* decode(answer)
  let read = 0
  return widgets.map((widget) => {
    const from = read
    read += queriesOf(widget).length
    return cellsOfWidget(widget, results.slice(from, read))
  })
})

/** Installs drizzle-cube into the folder of the bench, because only the bench needs it. */
const installed = async (folder: string) => {
  await cp(import.meta.dirname, folder, { recursive: true, filter: (file) => !file.endsWith(".ts") })
  const args = ["install", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"]
  const npm = spawn("npm", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] })
  if (await ended(npm) !== 0) throw new Error("npm install failed")
}

/** Starts drizzle-cube on a Node server, with the database and the indexes of plain SQL. */
export const drizzleCube = Effect.fnUntraced(function*(url: Redacted.Redacted, benchFolder: string) {
  const folder = resolve(benchFolder, "drizzle-cube")
  yield* Effect.promise(() => installed(folder))
  return {
    name: "drizzle-cube",
    ...(yield* serving(resolve(folder, "server.mjs"), { DATABASE_URL: Redacted.value(url) })),
    path: "/",
    headers: {},
    bodyOf: (people, widgets) => JSON.stringify({ organizationId, people, queries: widgets.flatMap(queriesOf) }),
    cellsIn
  } satisfies Contender
})
