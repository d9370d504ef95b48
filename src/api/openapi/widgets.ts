import { metricsById } from "../../metrics/all.ts"
import { groupBysOf, type Metric } from "../../metrics/Metric.ts"
import { child, type Node, ref, withProperties, withSchemas } from "./jsonTree.ts"

/** `leads.by_status` is `LeadsByStatusWidget`. */
const nameOf = (id: string) =>
  `${id.replaceAll(/(?:^|[._])([a-z])/g, (_match, letter: string) => letter.toUpperCase())}Widget`

const variant = (id: string, metric: Metric, instanceId: unknown): Node => {
  const groupBys = groupBysOf(metric)
  return {
    type: "object",
    title: metric.label,
    description: metric.adminOnly === true ? `${metric.description} For admins.` : metric.description,
    properties: {
      instanceId,
      metricId: { type: "string", enum: [id] },
      chart: { type: "string", enum: metric.charts },
      ...(groupBys.length > 0 && { groupBy: { type: "string", enum: groupBys } }),
      timeframe: ref("Timeframe"),
      filters: ref("Filters")
    },
    required: ["instanceId", "metricId", "chart"]
  }
}

const metrics = [...metricsById]

const variants = (instanceId: unknown): Node =>
  Object.fromEntries(metrics.map(([id, metric]) => [nameOf(id), variant(id, metric, instanceId)]))

const choice: Node = { oneOf: metrics.map(([id]) => ref(nameOf(id))) }

const anyWidget: Node = {
  description: "What to compute: the metric, and a chart and a grouping that it has.",
  ...choice,
  discriminator: {
    propertyName: "metricId",
    mapping: Object.fromEntries(metrics.map(([id]) => [id, ref(nameOf(id))["$ref"]]))
  }
}

const placement = (widget: Node): Node => {
  const { h, title, w, x, y } = child(widget, "properties")
  return {
    description: "Where a widget stands in its layout, in units of your own. Keys of your own are kept as they are.",
    type: "object",
    properties: { title, x, y, w, h },
    required: ["x", "y", "w", "h"],
    additionalProperties: true
  }
}

const layout: Node = {
  description: "Up to 256 KiB. Keys of your own are kept as they are.",
  type: "object",
  properties: { widgets: { type: "array", items: ref("LayoutWidget"), maxItems: 50 } },
  required: ["widgets"],
  additionalProperties: true
}

/** The server takes any word and answers a wrong one in its place; a typed client does not compile it. */
export const withCatalogWidgets = (document: Node): Node =>
  withSchemas(document, (schemas) => ({
    ...schemas,
    ...variants(child(schemas, "WidgetRequest", "properties")["instanceId"]),
    WidgetRequest: anyWidget,
    WidgetPlacement: placement(child(schemas, "Widget")),
    // Not by way of `WidgetRequest`: what extends a schema with a discriminator is taken for one more of its kinds.
    LayoutWidget: { allOf: [choice, ref("WidgetPlacement")] },
    LayoutRequest: layout,
    CreateReport: withProperties(schemas["CreateReport"], { layout: ref("LayoutRequest") }),
    UpdateReport: withProperties(schemas["UpdateReport"], { layout: ref("LayoutRequest") })
  }))
