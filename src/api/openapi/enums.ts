import type { Shape } from "../../domain/Chart.ts"
import { buckets, presets } from "../../domain/Timeframe.ts"
import { metricsById } from "../../metrics/all.ts"
import { groupBysOf } from "../../metrics/Metric.ts"
import { child, type Node, ref, withProperties, withSchemas } from "./jsonTree.ts"

const oneOf = (words: Iterable<string>, description: string): Node => ({
  type: "string",
  enum: [...words],
  description
})

/** Known words, and any that may come: responses stay open. */
const open = (name: string): Node => ({ anyOf: [ref(name), { type: "string" }] })

const groupBys = new Set([...metricsById.values()].flatMap(groupBysOf))

const date = "a local date (`2026-06-30`, the whole day) or an instant (`2026-06-30T12:00:00Z`)"

const timeframe: Node = {
  type: "object",
  description: "Whose zone and week are not named, those of the organization are meant.",
  properties: {
    preset: ref("Preset"),
    from: { type: "string", maxLength: 200, description: `For \`custom\`: ${date}, included.` },
    to: {
      type: "string",
      maxLength: 200,
      description: `For \`custom\`: ${date}. A date is included, an instant is not.`
    },
    bucket: ref("Bucket"),
    timeZone: { type: "string", maxLength: 200, description: "An exact IANA name: `Europe/Madrid`." },
    weekStart: { type: "integer", minimum: 1, maximum: 7, description: "1 is Monday, 7 is Sunday." }
  },
  required: ["preset"]
}

const filters: Node = {
  type: "object",
  description:
    "`tag` (ids), `source` and `status` narrow the metrics of leads and are ignored elsewhere. Values of one key are alternatives, keys add up. `~none` is \"not set\".",
  additionalProperties: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" }, maxItems: 1000 }] },
  maxProperties: 64
}

const shapes = {
  timeseries: "TimeseriesSeries",
  category: "CategorySeries",
  stat: "StatSeries",
  leaderboard: "LeaderboardSeries"
} as const satisfies { readonly [S in Shape]: string }

const metricSeries: Node = {
  description: "What a widget shows. `shape` tells the four kinds apart.",
  oneOf: Object.values(shapes).map(ref),
  discriminator: {
    propertyName: "shape",
    mapping: Object.fromEntries(Object.entries(shapes).map(([shape, name]) => [shape, ref(name)["$ref"]]))
  }
}

/** Words that the server reads as text, and judges where they are used, are told as what they may be. */
export const withWords = (document: Node): Node =>
  withSchemas(document, (schemas) => ({
    ...schemas,
    Preset: oneOf(presets, "Relative to today in the organization's zone; `custom` takes `from` and `to`."),
    Bucket: oneOf(buckets, "How wide a point of a timeseries is. Without one it is a day."),
    GroupBy: oneOf(groupBys, "One series a value. Which metric takes which, the catalog says."),
    MetricId: oneOf(metricsById.keys(), "Every metric of this version. Responses may bring new ones."),
    Timeframe: timeframe,
    Filters: filters,
    MetricSeries: metricSeries,
    CatalogEntry: withProperties(schemas["CatalogEntry"], {
      id: open("MetricId"),
      groupBys: { type: "array", items: open("GroupBy") }
    }),
    Layout: { ...child(schemas, "Layout"), additionalProperties: true },
    Widget: withProperties({ ...child(schemas, "Widget"), additionalProperties: true }, {
      timeframe: { description: "As it was saved: a `Timeframe`, unless something else was sent." },
      filters: { description: "As they were saved, word for word." }
    })
  }))
