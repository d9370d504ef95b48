import { type Random, random, seedOf } from "../../src/data/Random.ts"
import type { Caller } from "../../src/domain/Caller.ts"
import { OrgId, UserId } from "../../src/domain/Ids.ts"
import type { Selection, WidgetRequest } from "../../src/domain/Run.ts"
import { aheadPresets, buckets, presets, type Timeframe } from "../../src/domain/Timeframe.ts"
import { metricsById } from "../../src/metrics/all.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { isAhead, type Metric, withinOf } from "../../src/metrics/Metric.ts"
import type { Question } from "../support/ask.ts"
import { groupingsOf } from "../support/groupingsOf.ts"

const customs: readonly [Timeframe, ...ReadonlyArray<Timeframe>] = [
  { preset: "custom", from: "2024-02-29", to: "2024-03-31" },
  { preset: "custom", from: "2023-10-29", to: "2024-03-10" },
  { preset: "custom", from: "2024-03-30T12:00:00Z", to: "2024-03-31T12:00:00+02:00" },
  { preset: "custom", from: "2024-03-01", to: "2024-04-15T00:00:00Z" },
  { preset: "custom", from: "2024-05-01", to: "2024-06-30" },
  { preset: "custom", from: "0001-01-01", to: "9998-12-31" },
  { preset: "custom", from: "0002-01-01T00:00:00Z", to: "9998-12-31T00:00:00+14:00" }
]

const zones = ["UTC", "Europe/Madrid", "America/Havana", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia"] as const

const [anyDay, ...others] = presets
const named = [anyDay, ...others.filter((preset) => preset !== "custom" && !aheadPresets.has(preset))] as const
const namedAhead = ["next_month", "next_quarter", "next_90d", "today", "this_week", "this_month", "last_month"] as const

/** Most timeframes are long, so that there are rows to count. */
const spanOf = (chance: Random): Timeframe =>
  chance.weighted<() => Timeframe>([
    [() => ({ preset: chance.pick(["all_time", "all_time", "last_12m", "last_90d"]) }), 6],
    [() => ({ preset: chance.pick(named) }), 3],
    [() => chance.pick(customs), 2]
  ])()

const spanAhead = (chance: Random): Timeframe =>
  chance.weighted<() => Timeframe>([
    [() => ({ preset: chance.pick(["all_time", "this_year"]) }), 6],
    [() => ({ preset: chance.pick(namedAhead) }), 4],
    [() => chance.pick(customs), 1]
  ])()

const timeframeOf = (chance: Random, metric: Metric): Timeframe => ({
  ...(isAhead(metric) ? spanAhead(chance) : spanOf(chance)),
  bucket: chance.pick(buckets),
  ...(chance.chance(0.3) && { timeZone: chance.pick(zones) }),
  ...(chance.chance(0.3) && { weekStart: chance.integer(1, 7) })
})

const absent = "99999999-9999-4999-8999-999999999999"

/** The filter sets cover no filter, each filter alone, all filters, unused values and invalid values. */
const filterSets = (tables: Tables, chance: Random): ReadonlyArray<WidgetRequest["filters"]> => {
  const tagId = chance.pick([absent, ...tables.tags.map((tag) => tag.tagId)])
  const source = chance.pick(["~none", ...tables.leads.flatMap((lead) => lead.source === null ? [] : [lead.source])])
  const status = chance.pick(["client", ...tables.leads.map((lead) => lead.status)])
  return [
    undefined,
    { tag: tagId.toUpperCase() },
    { source: [source, "~none"] },
    { status: [status, "lead"] },
    { tag: [tagId, absent, "not a uuid"], source, status },
    { tag: ["not a uuid"] },
    { source: 7, hidden: "x", status: [] }
  ]
}

/** No filter, and one set. Deals have many metrics and groupings, and each caller gets other sets. */
const leadFilterSets = (tables: Tables, chance: Random): ReadonlyArray<WidgetRequest["filters"]> => {
  const tagId = chance.pick([absent, ...tables.tags.map((tag) => tag.tagId)])
  const leadSource = chance.pick(["portal", ...tables.leads.flatMap(({ source }) => source === null ? [] : [source])])
  const leadType = chance.pick(["buyer", "seller", "~none"])
  return [
    undefined,
    chance.pick<WidgetRequest["filters"]>([
      { leadTag: tagId },
      { leadSource: [leadSource, "~none"] },
      { leadTag: [tagId, absent], leadSource: [leadSource, "~none"], leadType: ["buyer", leadType] },
      { leadSource, source: leadSource },
      { leadType: [leadType, "~none"], leadSource: "~none" }
    ])
  ]
}

const filterSetsOf = ({ filters }: Metric, tables: Tables, chance: Random) => {
  if (filters === undefined) return [undefined]
  return "leadSource" in filters ? leadFilterSets(tables, chance) : filterSets(tables, chance)
}

/** Each choice comes after the other, and every fifth widget has the default. */
const withinAt = (index: number, metricId: string): Pick<WidgetRequest, "within"> => {
  const metric = metricsById.get(metricId)
  const within = (metric && withinOf(metric))?.choices[index % 5]
  return within === undefined ? {} : { within }
}

/** Asks for every metric × groupBy × filter set, with random timeframes. About half of the timeseries are compared. */
const widgetsOf = (tables: Tables, chance: Random): ReadonlyArray<WidgetRequest> =>
  [...metricsById].flatMap(([metricId, metric]) =>
    groupingsOf(metric).flatMap((groupBy) =>
      filterSetsOf(metric, tables, chance).map((filters) => ({
        instanceId: "",
        metricId,
        chart: metric.charts[0],
        timeframe: timeframeOf(chance, metric),
        ...(groupBy !== undefined && { groupBy }),
        ...(filters !== undefined && { filters })
      }))
    )
  ).map((widget, index) => ({
    ...widget,
    instanceId: `w${index}`,
    ...withinAt(index, widget.metricId),
    ...(index % 2 === 0 && metricsById.get(widget.metricId)?.shape === "timeseries" && { comparePrevious: true })
  }))

const callersOf = (
  tables: Tables,
  chance: Random
): ReadonlyArray<readonly [Caller, Selection]> => {
  const organizationId = OrgId.make(chance.pick(["org_1", ...tables.organizations.map((row) => row.organizationId)]))
  const owners = [...tables.leads, ...tables.deals, ...tables.calls]
    .flatMap((row) => row.organizationId === organizationId && row.ownerId !== null ? [row.ownerId] : [])
  const members = tables.members.flatMap((row) => row.organizationId === organizationId ? [row.userId] : [])
  const people = ["user_1", "user_ghost", "user_of_nobody", ...new Set([...owners, ...members])] as const
  const [busy = "user_1", ...others] = owners
  const somebody = () => UserId.make(chance.chance(0.8) ? chance.pick([busy, ...others]) : chance.pick(people))
  const admin: Caller = { organizationId, userId: somebody(), role: "admin" }
  const member: Caller = { organizationId, userId: somebody(), role: "member" }
  return [
    [member, {}],
    [member, { assigneeIds: ["~nobody", ...people], everyone: true }],
    [admin, {}],
    [admin, { assigneeIds: people }],
    [admin, { assigneeIds: people.slice(0, 13) }],
    [admin, { assigneeIds: [somebody(), somebody()] }],
    [admin, { assigneeIds: ["user_of_nobody"] }],
    [admin, { assigneeIds: ["~nobody"] }],
    [admin, { assigneeIds: [somebody(), "~nobody", somebody()] }],
    [admin, { everyone: true }]
  ]
}

/** The filters of a view pass most rows, so that they and the filters of the widgets leave some. */
export const viewFilters = ({ leads }: Tables, chance: Random): { readonly [key: string]: ReadonlyArray<string> } => {
  const most = (values: ReadonlyArray<string>) => [...new Set(values)].filter(() => chance.chance(0.8))
  const source = most(["portal", "~none", ...leads.flatMap(({ source }) => source === null ? [] : [source])])
  const tag = most(leads.flatMap(({ tagIds }) => tagIds))
  return { source, leadSource: source, ...(chance.chance(0.3) && { tag, leadTag: tag }) }
}

/** A member and an admin ask with filters of the view, too. */
const withView = new Set([0, 3])

/** Another member and another admin ask with a view that compares with the window before. */
const withComparison = new Set([1, 4])

/** Equal seeds and tables give equal questions. */
export const questionsOf = (seed: number, tables: Tables): ReadonlyArray<Question> => {
  const chance = random(seedOf(seed, 77))
  const ofView = random(seedOf(seed, 78))
  return callersOf(tables, chance).map(([caller, selection], index) => ({
    caller,
    request: {
      widgets: widgetsOf(tables, chance),
      ...selection,
      ...(withComparison.has(index) && { comparePrevious: true }),
      ...(withView.has(index) && { filters: viewFilters(tables, ofView) })
    }
  }))
}
