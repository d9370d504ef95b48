import { metricsById } from "../../metrics/all.ts"
import { groupBysOf, type Metric, withinOf } from "../../metrics/Metric.ts"
import { open } from "./enums.ts"
import { child, type JsonObject, ref, withProperties, withSchemas } from "./jsonTree.ts"

const nameOf = (id: string) =>
  `${id.replaceAll(/(?:^|[._])([a-z])/g, (_match, letter: string) => letter.toUpperCase())}Widget`

const comparePrevious: JsonObject = {
  type: "boolean",
  description: "True: `previousPoints` has the same series over the window before."
}

const target: JsonObject = {
  type: "boolean",
  description: "True: `meta.target` has the target of this number. A ranking by person has a target in each point."
}

const within: JsonObject = {
  type: "integer",
  description: "For cohorts: the number of days after the entry of a lead that count."
}

const variant = (id: string, metric: Metric, { instanceId, table }: JsonObject): JsonObject => {
  const groupBys = groupBysOf(metric)
  const days = withinOf(metric)
  return {
    type: "object",
    title: metric.label,
    description: metric.adminOnly === true ? `${metric.description} For admins only.` : metric.description,
    properties: {
      instanceId,
      metricId: { type: "string", enum: [id] },
      chart: { type: "string", enum: metric.charts },
      ...(groupBys.length > 0 && { groupBy: { type: "string", enum: groupBys } }),
      ...(metric.shape === "timeseries" && { comparePrevious }),
      ...(metric.at !== undefined && metric.shape !== "category" && { target }),
      ...(days !== undefined && {
        within: { ...within, enum: days.choices, description: `${within["description"]} Default: ${days.usual}.` }
      }),
      ...(metric.shape === "leaderboard" && { table }),
      timeframe: ref("Timeframe"),
      filters: ref("Filters")
    },
    required: ["instanceId", "metricId", "chart"]
  }
}

const metrics = [...metricsById]

const variants = (shared: JsonObject): JsonObject =>
  Object.fromEntries(metrics.map(([id, metric]) => [nameOf(id), variant(id, metric, shared)]))

/** The properties have the types of a catalog entry, so clients can use an entry as a widget without a cast. */
const catalogWidget = (request: JsonObject): JsonObject => ({
  ...withProperties(request, {
    metricId: open("MetricId"),
    chart: ref("ChartKind"),
    groupBy: open("GroupBy"),
    comparePrevious: { ...comparePrevious, description: `For timeseries. ${comparePrevious["description"]}` },
    target,
    within,
    timeframe: ref("Timeframe"),
    filters: ref("Filters")
  }),
  description: "A widget made from a catalog entry: `metricId`, `chart` and `groupBy` are checked by the server only."
})

const choice: JsonObject = { oneOf: metrics.map(([id]) => ref(nameOf(id))) }

const anyWidget: JsonObject = {
  description: "A widget to compute: a metric, one of its charts, and optionally one of its groupings.",
  ...choice,
  discriminator: {
    propertyName: "metricId",
    mapping: Object.fromEntries(metrics.map(([id]) => [id, ref(nameOf(id))["$ref"]]))
  }
}

const placement = (widget: JsonObject): JsonObject => {
  const { h, title, w, x, y } = child(widget, "properties")
  return {
    description:
      "Position and size in the layout. A page or a file places a widget that has none. Additional keys are kept.",
    type: "object",
    properties: { title, x, y, w, h },
    additionalProperties: true
  }
}

const layout: JsonObject = {
  description: "Up to 256 KiB. Additional keys are kept.",
  type: "object",
  properties: { widgets: { type: "array", items: ref("LayoutWidget"), maxItems: 50 } },
  required: ["widgets"],
  additionalProperties: true
}

/** With these schemas, the generated type of a metric allows only its charts and groupings. */
export const withCatalogWidgets = (document: JsonObject): JsonObject =>
  withSchemas(document, (schemas) => ({
    ...schemas,
    ...variants(child(schemas, "WidgetRequest", "properties")),
    WidgetRequest: anyWidget,
    CatalogWidget: catalogWidget(child(schemas, "WidgetRequest")),
    WidgetPlacement: placement(child(schemas, "Widget")),
    // Without `WidgetPlacement`, code generators would write each variant twice: with and without a placement.
    // With `Widget`, clients can send a widget that they have read.
    LayoutWidget: {
      anyOf: [{ allOf: [{ anyOf: [choice, ref("CatalogWidget")] }, ref("WidgetPlacement")] }, ref("Widget")]
    },
    RunRequest: withProperties(schemas["RunRequest"], {
      widgets: {
        ...child(schemas, "RunRequest", "properties", "widgets"),
        items: { anyOf: [ref("WidgetRequest"), ref("CatalogWidget")] }
      }
    }),
    LayoutRequest: layout,
    CreateReport: withProperties(schemas["CreateReport"], { layout: ref("LayoutRequest") }),
    UpdateReport: withProperties(schemas["UpdateReport"], { layout: ref("LayoutRequest") })
  }))
