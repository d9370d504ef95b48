import type { Caller } from "../../src/domain/Caller.ts"
import type { Design } from "../../src/domain/Design.ts"
import { lead, noTables } from "../../src/testing/rows.ts"
import { caller } from "../support/TestApp.ts"
import { options, type Wish } from "./Wish.ts"

type Widget = Design["draft"]["layout"]["widgets"][number]

const organizationId = "org"

/** The leads have every source and status, so that the names of `options` are in everybody's filters. */
export const tables = {
  ...noTables,
  tags: options.tags.map(({ id, ...tag }) => ({ organizationId, tagId: id, archivedAt: null, ...tag })),
  leads: options.sources.flatMap(({ value: source }) =>
    options.statuses.map(({ value: status }) =>
      lead(`${source} ${status}`, "2024-05-02", {
        source: source === "~none" ? null : source,
        status,
        tagIds: options.tags.map(({ id }) => id)
      })
    )
  )
}

export const callerOf = ({ role = "admin" }: Wish): Caller => caller(role, "ana")

/** The order of the values says nothing. */
const sorted = (filters: Widget["filters"]) =>
  JSON.stringify(Object.entries(filters ?? {}).map(([key, values]) => [key, [values].flat().toSorted()]).sort())

const hasFilters = ({ filters }: Widget, wanted: Wish["filters"]) => sorted(filters) === sorted(wanted)

/** A number is always compared. */
const isCompared = ({ chart, comparePrevious }: Widget) =>
  comparePrevious === true || chart === "stat" || chart === "radial"

/** Says what the draft lacks, and what it must not have. */
export const faultsOf = (
  { bucket, chart, compare, filters, from, groupBy, must, mustNot = [], notUnderstood = [], only, preset, to }: Wish,
  { draft, notUnderstood: untold }: Design
): ReadonlyArray<string> => {
  const { defaultTimeframe, layout: { widgets } } = draft
  const ids = widgets.map(({ metricId }) => metricId)
  const presets = [defaultTimeframe, ...widgets.flatMap(({ timeframe }) => timeframe ?? [])].map((one) => one.preset)
  const rules: ReadonlyArray<readonly [isBroken: boolean, fault: string]> = [
    ...must.map((some) => [!some.some((id) => ids.includes(id)), `lacks ${some.join(" or ")}`] as const),
    ...mustNot.map((start) =>
      [ids.some((id) => id.startsWith(start)), `must not have ${start || "a metric"}`] as const
    ),
    ...ids.map((id) => [only === true && !must.flat().includes(id), `must not have ${id}`] as const),
    ...notUnderstood.map((text) =>
      [!untold.some((part) => part.toLowerCase().includes(text.toLowerCase())), `does not list ${text}`] as const
    ),
    [preset !== undefined && !presets.some((one) => [preset].flat().includes(one)), `is not over ${preset}`],
    [from !== undefined && defaultTimeframe.from?.endsWith(from) !== true, `does not begin on ${from}`],
    [to !== undefined && defaultTimeframe.to?.endsWith(to) !== true, `does not end on ${to}`],
    [compare === true && !widgets.some(isCompared), "compares nothing"],
    [bucket !== undefined && defaultTimeframe.bucket !== bucket, `is not by ${bucket}`],
    [chart !== undefined && !widgets.some((one) => one.chart === chart), `has no ${chart}`],
    [groupBy !== undefined && !widgets.some((one) => one.groupBy === groupBy), `is not grouped by ${groupBy}`],
    [filters !== undefined && !widgets.some((one) => hasFilters(one, filters)), `is not filtered`]
  ]
  return rules.flatMap(([isBroken, fault]) => isBroken ? [fault] : [])
}
