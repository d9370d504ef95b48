import type { Shape } from "../../domain/Chart.ts"
import { buckets, presets } from "../../domain/Timeframe.ts"
import { metricsById } from "../../metrics/all.ts"
import { groupBysOf } from "../../metrics/Metric.ts"
import { child, type JsonObject, ref, withProperties, withSchemas } from "./jsonTree.ts"

const enumOf = (values: Iterable<string>, description: string): JsonObject => ({
  type: "string",
  enum: [...values],
  description
})

/** An open enum accepts other strings too, because later versions may add values. */
export const open = (name: string): JsonObject => ({ anyOf: [ref(name), { type: "string" }] })

const groupBys = new Set([...metricsById.values()].flatMap(groupBysOf))

const date = "a local date (`2026-06-30`, the whole day) or an instant (`2026-06-30T12:00:00Z`)"

const timeframe: JsonObject = {
  type: "object",
  description: "`timeZone` and `weekStart` default to the organization's.",
  properties: {
    preset: ref("Preset"),
    from: { type: "string", maxLength: 200, description: `For \`custom\`: ${date}, included.` },
    to: {
      type: "string",
      maxLength: 200,
      description: `For \`custom\`: ${date}. A date is included, an instant is excluded.`
    },
    bucket: ref("Bucket"),
    timeZone: { type: "string", maxLength: 200, description: "IANA time zone, spelled exactly: `Europe/Madrid`." },
    weekStart: { type: "integer", minimum: 1, maximum: 7, description: "1 is Monday, 7 is Sunday." }
  },
  required: ["preset"]
}

const filters: JsonObject = {
  type: "object",
  description:
    "`tag` (ids), `source` and `status` apply to metrics of leads, and `leadTag` (ids), `leadSource` and `leadType` to metrics of deals. Others ignore them. Values of one key are combined by OR, keys by AND. `~none` matches rows without a value.",
  additionalProperties: {
    anyOf: [{ type: ["string", "null"] }, { type: "array", items: { type: "string" }, maxItems: 1000 }]
  },
  maxProperties: 64
}

const shapes = {
  timeseries: "TimeseriesSeries",
  category: "CategorySeries",
  stat: "StatSeries",
  leaderboard: "LeaderboardSeries"
} as const satisfies { readonly [S in Shape]: string }

const metricSeries: JsonObject = {
  description: "Result of a widget. `shape` tells the four kinds apart.",
  oneOf: Object.values(shapes).map(ref),
  discriminator: {
    propertyName: "shape",
    mapping: Object.fromEntries(Object.entries(shapes).map(([shape, name]) => [shape, ref(name)["$ref"]]))
  }
}

const sentFilters = { filters: { description: "The filters that were sent, unchanged. Normally `Filters`." } }

/** The server accepts any string for these enums. An unknown value fails only the widgets that use it. */
export const withEnums = (document: JsonObject): JsonObject =>
  withSchemas(document, (schemas) => ({
    ...schemas,
    Preset: enumOf(
      presets,
      "Relative to today in the organization's time zone; `custom` takes `from` and `to`. `next_…` is only for metrics whose catalog entry has `countsAhead: true`."
    ),
    Bucket: enumOf(buckets, "Width of a timeseries point. Default: `day`."),
    GroupBy: enumOf(
      groupBys,
      "One series for each value. `groupBys` of a catalog entry lists what its metric supports."
    ),
    MetricId: enumOf(metricsById.keys(), "The metrics of this version. Responses may contain new ones."),
    Timeframe: timeframe,
    Filters: filters,
    MetricSeries: metricSeries,
    CatalogEntry: withProperties(schemas["CatalogEntry"], {
      id: open("MetricId"),
      groupBys: { type: "array", items: open("GroupBy") }
    }),
    View: withProperties(schemas["View"], sentFilters),
    FreezeView: withProperties(schemas["FreezeView"], sentFilters),
    Layout: { ...child(schemas, "Layout"), additionalProperties: true },
    Widget: withProperties({ ...child(schemas, "Widget"), additionalProperties: true }, {
      timeframe: { description: "The saved value, which is normally a `Timeframe`." },
      filters: { description: "The saved value, unchanged." }
    })
  }))
