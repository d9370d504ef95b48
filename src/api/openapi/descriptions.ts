import { designDescriptions, reportDescriptions } from "./designDescriptions.ts"
import { goalDescriptions } from "./goalDescriptions.ts"
import { child, isJsonObject, type JsonObject, mapValues, withOperations, withSchemas } from "./jsonTree.ts"
import { keyDescriptions } from "./keyDescriptions.ts"
import { recordDescriptions } from "./recordDescriptions.ts"

const dateTime = (description: string): JsonObject => ({ format: "date-time", description })
const text = (description: string): JsonObject => ({ description })

/** The keys are schemas and their properties. The property `""` means the schema itself. */
export const descriptions: { readonly [schema: string]: { readonly [property: string]: JsonObject } } = {
  RunRequest: {
    "": text("The widgets to compute, the people whose rows are counted, and the timeframe."),
    assigneeIds: text(
      "User ids whose rows an admin counts. The id `~nobody` stands for the rows that no member owns or is assigned to. Without ids, the admin's own rows are counted. Ignored for members, who count their own rows."
    ),
    everyone: text(
      "True: an admin counts all rows of the organization, also those that no member owns or is assigned to. `assigneeIds` is then ignored. Ignored for members."
    ),
    timeframe: text("Used by widgets without a timeframe of their own. Default: `last_30d` by `day`."),
    widgets: text("Each widget has a different `instanceId`.")
  },
  ReportRunRequest: {
    assigneeIds: text("As in `POST /crm-reports/metrics/run`."),
    everyone: text("As in `POST /crm-reports/metrics/run`."),
    timeframe: text("Used by widgets without a timeframe of their own. Default: the report's `defaultTimeframe`.")
  },
  RunResponse: { results: text("One result for each widget, in the order of the request.") },
  ...recordDescriptions,
  ...goalDescriptions,
  SeriesKey: {
    key: text("Property name in the points. Reserved keys start with `~`: `~none`, `~other`."),
    label: text("Text for display.")
  },
  TimeseriesPoint: {
    "": text("`bucket`, and one number or null for each key of `series`."),
    bucket: { format: "date", description: "First local day of the bucket." },
    partial: text("Present if the window or `asOf` covers only a part of the bucket.")
  },
  TimeseriesSeries: {
    previousPoints: text(
      "With `comparePrevious`: the same series over the window before, up to the same elapsed time. The first previous point is compared with the first point, and so on; their numbers may differ. A group that has rows only in the window before also has a series, or is in `~other`. Absent for `all_time`."
    )
  },
  Stat: {
    "": text("A number, and the same number for the previous window."),
    deltaPct: text(
      "Relative change in percent: `(value − previous) / |previous| × 100`, one decimal. Null if `previous` is null or 0. For a metric in percent it is also relative, not a difference in percentage points."
    )
  },
  Meta: {
    "": text("Unit, window, scope and filters of the numbers."),
    currency: text("Currency of the amounts: the one with most deals in the widget."),
    excluded: text("Deals in other currencies, which are left out and never converted."),
    window: text("Half-open interval: `from` is included, `to` is excluded. Absent for metrics of the current state."),
    previousWindow: text("The window that `previous` or `previousPoints` count."),
    scope: text(
      "`own`: the caller's rows only. `members`: the rows of this number of people. `everyone`: all rows of the organization. `nobody: true`: also the rows that no member owns or is assigned to."
    ),
    filters: text(
      "Filters that were applied, and filters that this metric does not have. `invalid`: the filters of the widget are not an object, so it counts nothing."
    ),
    additive: text("Whether the values add up to the total."),
    truncated: text("Number of leaderboard rows that are left out."),
    target: text(
      "With `target: true` in the widget: the target of the number, or why there is none. In a ranking by person, the points have the targets."
    ),
    gated: text("Present if only admins get numbers for this metric."),
    asOf: dateTime("Time of the request. Later rows are not counted.")
  },
  Interval: { from: dateTime("Included in the window."), to: dateTime("Excluded from the window.") },
  WidgetFault: {
    "": text("Why this widget has no numbers. It does not affect the other widgets."),
    code: text("Machine-readable; new codes may be added."),
    message: text("Text for display.")
  },
  NumberFormat: {
    decimals: text("Maximum number of decimals."),
    compactFrom: text("Cards show a short form, such as 1.2M, from this value on.")
  },
  CatalogDimension: {
    key: text("The `groupBy`, or the name of the dimension of a category."),
    label: text("Text for display.")
  },
  CatalogEntry: {
    label: text("Text for display."),
    categoryLabel: text("Text for display."),
    description: text("What the metric counts and what it leaves out."),
    format: text("How numbers of this metric are written."),
    moreIsBetter: text("Whether a higher value is better; null if it is neither better nor worse."),
    charts: text("The default chart comes first."),
    dimensions: text(
      "Dimensions of the series or categories: each `groupBy` of a timeseries, or the dimension of a category. `values` are the known values in their order; other values come after them."
    ),
    filters: text("Keys of `filters` that this metric applies."),
    adminOnly: text("Left out of a member's catalog."),
    takesTimeframe: text("False for metrics of the current state, which ignore the timeframe."),
    records: text("True if `POST /crm-reports/metrics/records` lists the rows behind the number.")
  },
  Options: {
    caller: text("The signed-in person. For a key: the person who made it."),
    organization: text("Defaults for timeframes and amounts of money."),
    people: text("The people whom the caller may select."),
    tags: text(
      "Tags of the leads that these people see, without archived ones. `color` is a word that the CRM stores, such as `teal`."
    ),
    sources: text("Sources of the leads that these people see."),
    statuses: text("Statuses of the leads that these people see.")
  },
  ...reportDescriptions,
  ReportReceipt: {
    "": text("The response for a key without `reports:read`."),
    createdAt: dateTime("Time of creation."),
    updatedAt: dateTime("Time of the last change.")
  },
  SnapshotReceipt: {
    "": text("The response for a key without `reports:read`."),
    createdAt: dateTime("Time of the freeze."),
    expiresAt: dateTime("180 days after `createdAt`; each renewal adds 180 days.")
  },
  UpdateReport: { "": text("A property that is left out is not changed.") },
  Widget: { "": text("The widget as it was saved. Its metric may have been removed from the catalog since.") },
  FreezeRequest: {
    title: text("Default: the title of the report."),
    timeframe: text("Used by widgets without a timeframe of their own. Default: the report's `defaultTimeframe`."),
    assigneeIds: text("As in `POST /crm-reports/metrics/run`."),
    everyone: text("As in `POST /crm-reports/metrics/run`.")
  },
  SnapshotScope: { "": text("The role of the creator at that time, and the user ids whose rows were counted.") },
  ...designDescriptions,
  ...keyDescriptions,
  Issue: {
    path: { description: "Path of the invalid value.", examples: ["layout.widgets[3].chart"] },
    message: text("What is wrong with the value.")
  }
}

const life: { readonly [property: string]: JsonObject } = {
  createdAt: dateTime("Time of the freeze."),
  expiresAt: dateTime("180 days after `createdAt`; each renewal adds 180 days."),
  deletesAt: dateTime("Time of deletion: 30 days after `expiresAt`."),
  expired: text("An expired snapshot can be read and renewed until it is deleted."),
  contentHash: text("SHA-256 of `{ layout, series }` in canonical JSON (RFC 8785), as hexadecimal.")
}

const annotated = (schema: JsonObject, added: { readonly [property: string]: JsonObject }): JsonObject => ({
  ...schema,
  ...added[""],
  properties: mapValues(child(schema, "properties"), (property, name) => ({ ...property, ...added[name] }))
})

const parameters: { readonly [name: string]: JsonObject } = {
  id: { description: "Report id." },
  snapshotId: { description: "Snapshot id." },
  keyId: { description: "Key id." },
  page: {
    schema: { type: "integer", minimum: 1, maximum: 1_000_000, default: 1 },
    description: "Page number; the first page is 1."
  },
  search: { description: "Only reports whose title or description contains this text, in upper or lower case." },
  sort: { description: "Order of the list; `-` is descending. Default: `-updatedAt`." },
  limit: { schema: { type: "integer", minimum: 1, maximum: 100, default: 20 }, description: "Page size." }
}

const inWindow = (schema: JsonObject): JsonObject => {
  const window = child(schema, "properties", "window")
  const { from, to, ...rest } = child(window, "properties")
  const edges = {
    from: {
      ...child({ from }, "from"),
      format: "date-time",
      description: "Start, included. Null for `all_time` metrics without a lower bound."
    },
    to: { ...child({ to }, "to"), format: "date-time", description: "End, excluded." }
  }
  return {
    ...schema,
    properties: { ...child(schema, "properties"), window: { ...window, properties: { ...edges, ...rest } } }
  }
}

export const withDescriptions = (document: JsonObject): JsonObject => {
  const described = withSchemas(document, (schemas) =>
    mapValues(schemas, (schema, name) => {
      const known = { ...(name.startsWith("Snapshot") && life), ...descriptions[name] }
      const noted = Object.keys(known).length === 0 ? schema : annotated(schema, known)
      return name === "Meta" ? inWindow(noted) : noted
    }))
  return withOperations(described, (operation) => ({
    ...operation,
    parameters: Array.isArray(operation["parameters"])
      ? operation["parameters"].map((one: unknown) =>
        isJsonObject(one) && one["in"] !== "header" ? { ...one, ...parameters[String(one["name"])] } : one
      )
      : []
  }))
}
