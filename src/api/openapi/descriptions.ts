import { child, isNode, mapValues, type Node, withOperations, withSchemas } from "./jsonTree.ts"

const moment = (description: string): Node => ({ format: "date-time", description })
const say = (description: string): Node => ({ description })

/** What a name alone does not say: schema, property, and what is added there. An empty property is the schema itself. */
export const notes: { readonly [schema: string]: { readonly [property: string]: Node } } = {
  RunRequest: {
    "": say("Widgets to compute, for whom, and when."),
    assigneeIds: say("Whose rows an admin counts. Without any, the admin's own. A member's are ignored."),
    timeframe: say("For the widgets that bring none. Without it: `last_30d` by `day`."),
    widgets: say("Each with an `instanceId` of its own.")
  },
  RunResponse: { results: say("One a widget, in the order of the request.") },
  SeriesKey: {
    key: say("A property of the points. Ours begin with `~`: `~none`, `~other`."),
    label: say("For people.")
  },
  TimeseriesPoint: {
    "": say("A wide row: `bucket`, and one number (or null) under each key of `series`."),
    bucket: { format: "date", description: "The bucket's first local day." },
    partial: say("Present where the window or `asOf` cuts the bucket.")
  },
  Stat: {
    "": say("One number and the one of the window before."),
    deltaPct: say("`(value − previous) / |previous| × 100`, with one decimal; null where it cannot be said.")
  },
  LeaderboardPoint: { category: say("The id of the person."), label: say("The person's name.") },
  Meta: {
    "": say("How the numbers came about."),
    currency: say("Money is in one currency a widget: the one of most deals."),
    excluded: say("What was left out because it is in other currencies: never converted."),
    window: say("Half-open. Absent where a metric tells the state now."),
    previousWindow: say("What `previous` counts."),
    scope: say("`own`: yours alone. `members`: of how many people."),
    filters: say("Which filters narrowed the rows, and which this metric does not know."),
    additive: say("Whether the parts sum to the whole."),
    truncated: say("How many rows of a leaderboard are not shown."),
    gated: say("Present where only an admin sees numbers."),
    asOf: moment("The moment of asking. Nothing later is counted.")
  },
  Interval: { from: moment("Included."), to: moment("Excluded.") },
  WidgetFault: {
    "": say("Why this widget has no numbers. The others of the batch have theirs."),
    code: say("For programs. New codes may come."),
    message: say("A sentence for a person.")
  },
  CatalogEntry: {
    label: say("For people."),
    description: say("What the number counts, and what it does not."),
    charts: say("The default one first."),
    filters: say("The keys of `filters` that narrow this metric."),
    adminOnly: say("A member's catalog does not show it."),
    takesTimeframe: say("Otherwise it tells the state now.")
  },
  Report: {
    ownerId: say("The user who created it."),
    snapshotCount: say("Of the snapshots that you may see."),
    createdAt: moment("When it was saved first."),
    updatedAt: moment("When it was changed last.")
  },
  UpdateReport: { "": say("What is left out stays as it is.") },
  Widget: { "": say("As it was saved. Metrics that have gone since are kept by name.") },
  FreezeRequest: {
    title: say("Without one it is the report's."),
    timeframe: say("For the widgets that bring none. Without it: the report's `defaultTimeframe`."),
    assigneeIds: say("As in a run.")
  },
  SnapshotScope: { "": say("As whom it was frozen, and whose rows were counted.") },
  Issue: {
    path: { description: "Where it is wrong.", examples: ["layout.widgets[3].chart"] },
    message: say("What is wrong there.")
  }
}

const life: { readonly [property: string]: Node } = {
  createdAt: moment("When it was frozen."),
  expiresAt: moment("180 days later, unless it is renewed."),
  deletesAt: moment("30 days after it expires."),
  expired: say("It can be read and renewed until it is deleted."),
  contentHash: say("SHA-256 of `{ layout, series }` as canonical JSON (RFC 8785), in hexadecimal.")
}

const annotated = (schema: Node, added: { readonly [property: string]: Node }): Node => ({
  ...schema,
  ...added[""],
  properties: mapValues(child(schema, "properties"), (property, name) => ({ ...property, ...added[name] }))
})

const parameters: { readonly [name: string]: Node } = {
  id: { description: "The report." },
  snapshotId: { description: "The snapshot." },
  page: { schema: { type: "integer", minimum: 1, maximum: 1_000_000, default: 1 }, description: "The first is 1." },
  limit: { schema: { type: "integer", minimum: 1, maximum: 100, default: 20 }, description: "How many a page." }
}

const inWindow = (schema: Node): Node => {
  const window = child(schema, "properties", "window")
  const { from, to, ...rest } = child(window, "properties")
  const edges = {
    from: { ...child({ from }, "from"), format: "date-time", description: "Null where there is no lower edge." },
    to: { ...child({ to }, "to"), format: "date-time" }
  }
  return {
    ...schema,
    properties: { ...child(schema, "properties"), window: { ...window, properties: { ...edges, ...rest } } }
  }
}

/** The words of a guide, at the places they are about. */
export const withNotes = (document: Node): Node => {
  const described = withSchemas(document, (schemas) =>
    mapValues(schemas, (schema, name) => {
      const known = { ...(name.startsWith("Snapshot") && life), ...notes[name] }
      const noted = Object.keys(known).length === 0 ? schema : annotated(schema, known)
      return name === "Meta" ? inWindow(noted) : noted
    }))
  return withOperations(described, (operation) => ({
    ...operation,
    parameters: Array.isArray(operation["parameters"])
      ? operation["parameters"].map((one: unknown) =>
        isNode(one) && one["in"] !== "header" ? { ...one, ...parameters[String(one["name"])] } : one
      )
      : []
  }))
}
