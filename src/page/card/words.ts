import { bucketLabel } from "../../presentation/bucketLabel.ts"
import type { Filters, Timeframe } from "../api/wire.ts"

const presets: Readonly<Record<string, string>> = {
  today: "Today",
  yesterday: "Yesterday",
  last_7d: "Last 7 days",
  last_30d: "Last 30 days",
  last_90d: "Last 90 days",
  last_12m: "Last 12 months",
  this_week: "This week",
  last_week: "Last week",
  this_month: "This month",
  last_month: "Last month",
  this_quarter: "This quarter",
  last_quarter: "Last quarter",
  this_year: "This year",
  last_year: "Last year",
  next_month: "Next month",
  next_quarter: "Next quarter",
  next_90d: "Next 90 days",
  all_time: "All time",
  custom: "Custom dates"
}

/** Metrics of expected times count no rows before today, and only they take times after now. */
export const presetNames = (isAhead: boolean): ReadonlyArray<readonly [preset: string, name: string]> =>
  Object.entries(presets).filter(([preset]) => !(isAhead ? /^(last_|yesterday)/ : /^next_/).test(preset))

export const bucketNames = [
  ["day", "by day"],
  ["week", "by week"],
  ["month", "by month"],
  ["quarter", "by quarter"],
  ["year", "by year"]
] as const

const bucketName = (bucket: string | undefined): string =>
  bucketNames.find(([name]) => name === (bucket ?? "day"))?.[1] ?? ""

/** The service also takes an instant, and a link may name anything. */
const dateOf = (text = ""): string => {
  if (Number.isNaN(Date.parse(text))) return text === "" ? "…" : text
  return /^\d{4}-\d\d-\d\d$/.test(text) ? bucketLabel("day", "en", true)(text) : momentName(text)
}

export const timeframeName = ({ bucket, from, preset, to }: Timeframe): string => {
  const window = preset === "custom" ? `${dateOf(from)} – ${dateOf(to)}` : presets[preset] ?? preset
  return `${window}, ${bucketName(bucket)}`
}

const words: Readonly<Record<string, string>> = {
  assignee: "person",
  leadSource: "lead source",
  leadTag: "lead tag",
  leadType: "lead type",
  outcome: "outcome",
  source: "source",
  stage: "stage",
  status: "status",
  type: "type",
  tag: "tag"
}

export const dimensionName = (dimension: string): string => words[dimension] ?? dimension

/** Such as "2 by source, 1 by tag". */
export const filtersName = (filters: Filters): string =>
  Object.entries(filters).map(([key, values]) => `${values.length} by ${dimensionName(key)}`).join(", ")

export const chartNames: Readonly<Record<string, string>> = {
  area: "Area",
  line: "Line",
  bar: "Bars",
  pie: "Pie",
  donut: "Donut",
  radar: "Radar",
  radial: "Gauge",
  funnel: "Funnel",
  stat: "Number",
  leaderboard: "Ranking"
}

export const momentName = (instant: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(new Date(instant))

export const dayName = (instant: string, timeZone?: string): string =>
  new Intl.DateTimeFormat("en", { dateStyle: "medium", ...(timeZone !== undefined && { timeZone }) }).format(
    new Date(instant)
  )
