import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Option, Schema } from "effect"
import { RunRequest } from "../../../src/domain/Run.ts"
import { metricsById } from "../../../src/metrics/all.ts"
import { groupBysOf, isAhead, withinOf } from "../../../src/metrics/Metric.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { ask, runner } from "../../support/ask.ts"
import { admin } from "../../support/counted.ts"
import { asOf } from "../../support/office.ts"
import { recording, type Sent } from "../../support/recording.ts"
import { slicesOf } from "../../support/slices.ts"

type Path = ReadonlyArray<string | number>

/** Effect's `sql` template or a query builder could treat these values as SQL. */
const pieces: ReadonlyArray<unknown> = [
  { _tag: "Literal", value: "evil" },
  { _tag: "Literal", value: "evil", params: ["evil"] },
  { _tag: "Identifier", value: "evil" },
  { _tag: "Parameter", value: "evil" },
  { _tag: "ArrayHelper", value: ["evil"] },
  { _tag: "RecordInsertHelper", value: [{ evil: "evil" }] },
  { _tag: "Custom", kind: "PgJson", paramA: "evil" },
  { "~effect/sql/Fragment": "~effect/sql/Fragment", segments: [{ _tag: "Literal", value: "evil" }] },
  { select: 1 }
]
const texts = ["evil' OR 1 = 1 --", "$1 evil", "{{evil}}", "evil\"; DROP TABLE crm.leads; --", "evil\\", "pg_sleep(5)"]
const hostile = [...pieces, ...pieces.map((piece) => [piece]), [[pieces[0]]], ...texts, ...texts.map((text) => [text])]

const harmless = ["other", [], { other: "other" }]

const filters = { tag: ["00000000-0000-4000-8000-000000000001"], source: "web", status: ["client"] }

/** This run request has a valid value in every field. */
const sound = {
  widgets: [...metricsById].map(([metricId, metric]) => ({
    instanceId: metricId,
    metricId,
    chart: metric.charts[0],
    ...(groupBysOf(metric).includes("assignee") && { groupBy: "assignee" }),
    ...(withinOf(metric) !== undefined && { within: 90 }),
    filters,
    timeframe: {
      preset: "custom",
      from: "2024-05-01",
      to: "2024-05-31T00:00:00Z",
      bucket: "week",
      timeZone: "UTC",
      weekStart: 1
    }
  })),
  assigneeIds: ["ana", "bo"],
  timeframe: { preset: "last_30d", bucket: "day", timeZone: "UTC", weekStart: 1 }
}

const pathsOf = (value: unknown, path: Path = []): ReadonlyArray<Path> =>
  typeof value !== "object" || value === null ? [path] : [
    path,
    ...Object.entries(value).flatMap(([key, inner]) =>
      pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key])
    )
  ]

const replaced = (value: unknown, [key, ...rest]: Path, by: unknown): unknown => {
  if (key === undefined) return by
  if (Array.isArray(value)) {
    return value.map((inner: unknown, index) => index === key ? replaced(inner, rest, by) : inner)
  }
  if (typeof value !== "object" || value === null) return by
  return { ...value, [key]: replaced(Object.entries(value).find(([name]) => name === key)?.[1], rest, by) }
}

const decode = Schema.decodeUnknownOption(RunRequest)

/** Returns the SQL statements of a run with this request body, or none if the body is invalid. */
const sentFor = (body: unknown) =>
  Effect.gen(function*() {
    const sent: Array<Sent> = []
    const request = decode(JSON.parse(JSON.stringify(body)))
    if (Option.isNone(request)) return sent
    const inSql = runner.pipe(
      Layer.provide([MetricSource.layerSql, Organizations.layerSql]),
      Layer.provide(recording(sent))
    )
    yield* Effect.provide(ask({ caller: admin, request: request.value }), inSql)
    return sent
  }).pipe(fixedClock(asOf))

const isPlain = (param: unknown): boolean =>
  typeof param === "string" || param instanceof Date || Number.isSafeInteger(param)

const oneOf = (metricId: string) => ({
  ...sound,
  widgets: sound.widgets.filter((widget) => widget.metricId === metricId)
})

/** Together, these metrics have every shape, filters, groupings, a previous window, money, and handwritten SQL. */
const metricIds = [
  "leads.created_over_time",
  "leads.total",
  "leads.by_tag",
  "leads.avg_time_in_status",
  "leads.conversion_by_cohort",
  "deals.commission_breakdown",
  "deals.commission_by_agent",
  "emails.reply_rate",
  "team.won_value_by_agent"
]

describe("the SQL of runs", () => {
  it.effect("the valid request that these tests change reads every CRM table", () =>
    Effect.gen(function*() {
      const runs = slicesOf(sound.widgets)
      const sent = (yield* Effect.forEach(runs, (widgets) => sentFor({ ...sound, widgets }))).flat()
      // The additional statements are an access query, and the open deals that a metric of expected times needs.
      const ahead = [...metricsById.values()].filter(isAhead)
      assert.strictEqual(sent.length, metricsById.size + ahead.length + runs.length)
      for (const table of ["leads", "lead_status_spells", "deals", "deal_shares", "tasks", "calls", "emails", "tags"]) {
        assert.isTrue(sent.some(({ text }) => text.includes(`crm.${table} `)), table)
      }
    }))
  it.effect.each(metricIds)(
    "no value in a request for %s gets into the text of its SQL",
    (metricId) =>
      Effect.gen(function*() {
        const body = oneOf(metricId)
        const [first, ...others] = pathsOf(body)
        assert.deepStrictEqual(first, [])
        const allowed = new Set((yield* sentFor(body)).map(({ text }) => text))
        for (const path of others) {
          for (const by of harmless) {
            for (const { text } of yield* sentFor(replaced(body, path, by))) allowed.add(text)
          }
        }
        for (const path of others) {
          for (const by of hostile) {
            for (const { params, text } of yield* sentFor(replaced(body, path, by))) {
              assert.notInclude(text, "evil")
              assert.isTrue(allowed.has(text), text)
              assert.isTrue(params.every((param) => isPlain(param) || (Array.isArray(param) && param.every(isPlain))))
            }
          }
        }
      })
  )
})
