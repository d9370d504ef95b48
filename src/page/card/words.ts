import { bucketLabel } from "../../presentation/bucketLabel.ts"
import type { ChartKind, Filters, Timeframe } from "../api/wire.ts"
import { locale, localization, t } from "../shell/messages.ts"

const presets = (): Readonly<Record<string, string>> => ({
  today: t.today(),
  yesterday: t.yesterday(),
  last_7d: t.last7d(),
  last_30d: t.last30d(),
  last_90d: t.last90d(),
  last_12m: t.last12m(),
  this_week: t.thisWeek(),
  last_week: t.lastWeek(),
  this_month: t.thisMonth(),
  last_month: t.lastMonth(),
  this_quarter: t.thisQuarter(),
  last_quarter: t.lastQuarter(),
  this_year: t.thisYear(),
  last_year: t.lastYear(),
  next_month: t.nextMonth(),
  next_quarter: t.nextQuarter(),
  next_90d: t.next90d(),
  all_time: t.allTime(),
  custom: t.customDates()
})

/** Metrics of expected times count no rows before today, and only they take times after now. */
export const presetNames = (isAhead: boolean): ReadonlyArray<readonly [preset: string, name: string]> =>
  Object.entries(presets()).filter(([preset]) => !(isAhead ? /^(last_|yesterday)/ : /^next_/).test(preset))

export const bucketNames = () =>
  [
    ["day", t.byDay()],
    ["week", t.byWeek()],
    ["month", t.byMonth()],
    ["quarter", t.byQuarter()],
    ["year", t.byYear()]
  ] as const

const bucketName = (bucket: string | undefined): string =>
  bucketNames().find(([name]) => name === (bucket ?? "day"))?.[1] ?? ""

/** The service also takes an instant, and a link may name anything. */
const dateOf = (text = ""): string => {
  if (Number.isNaN(Date.parse(text))) return text === "" ? "…" : text
  return /^\d{4}-\d\d-\d\d$/.test(text) ? bucketLabel("day", localization(), true)(text) : momentName(text)
}

export const timeframeName = ({ bucket, from, preset, to }: Timeframe): string => {
  const window = preset === "custom" ? `${dateOf(from)} – ${dateOf(to)}` : presets()[preset] ?? preset
  return `${window}, ${bucketName(bucket)}`
}

const dimensions = (): Readonly<Record<string, string>> => ({
  assignee: t.dimensionAssignee(),
  leadSource: t.dimensionLeadSource(),
  leadTag: t.dimensionLeadTag(),
  leadType: t.dimensionLeadType(),
  outcome: t.dimensionOutcome(),
  source: t.dimensionSource(),
  stage: t.dimensionStage(),
  status: t.dimensionStatus(),
  type: t.dimensionType(),
  tag: t.dimensionTag()
})

const dimensionName = (dimension: string): string => dimensions()[dimension] ?? dimension

/** Such as "2 by source, 1 by tag". */
export const filtersName = (filters: Filters): string =>
  Object.entries(filters)
    .map(([key, values]) => t.filteredBy({ count: values.length, dimension: dimensionName(key) }))
    .join(", ")

export const chartNames = (): Readonly<Record<string, string>> => ({
  area: t.chartArea(),
  line: t.chartLine(),
  bar: t.chartBar(),
  pie: t.chartPie(),
  donut: t.chartDonut(),
  radar: t.chartRadar(),
  radial: t.chartRadial(),
  funnel: t.chartFunnel(),
  stat: t.chartStat(),
  leaderboard: t.chartLeaderboard()
})

export const isChart = (chart: string): chart is ChartKind => chart in chartNames()

export const momentName = (instant: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(instant))

export const dayName = (instant: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", ...(timeZone !== undefined && { timeZone }) }).format(
    new Date(instant)
  )
