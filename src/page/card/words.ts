import { bucketLabel } from "../../presentation/bucketLabel.ts"
import { filterNames } from "../../presentation/filterNames.ts"
import { nobody, peopleOf } from "../../presentation/peopleCount.ts"
import { bucketNameIn, bucketNamesIn, presetNamesIn } from "../../presentation/timeframeNames.ts"
import type { ChartKind, Filters, MetricSeries, Options, Timeframe } from "../api/wire.ts"
import { locale, localization, t, timeZone, zoneOr } from "../shell/messages.ts"

/** Metrics of expected times count no rows before today, and only they take times after now. */
export const presetNames = (isAhead: boolean): ReadonlyArray<readonly [preset: string, name: string]> =>
  Object.entries(presetNamesIn(localization().t)).filter(([preset]) =>
    !(isAhead ? /^(last_|yesterday)/ : /^next_/).test(preset)
  )

export const bucketNames = () => bucketNamesIn(localization().t)

/** The service also takes an instant, and a link may name anything. */
const dateOf = (text = ""): string => {
  if (Number.isNaN(Date.parse(text))) return text === "" ? "…" : text
  return /^\d{4}-\d\d-\d\d$/.test(text) ? bucketLabel("day", localization(), true)(text) : momentName(text)
}

export const timeframeName = ({ bucket, from, preset, to }: Timeframe): string => {
  const window = preset === "custom"
    ? `${dateOf(from)} – ${dateOf(to)}`
    : presetNamesIn(localization().t)[preset] ?? preset
  return `${window}, ${bucketNameIn(localization().t, bucket)}`
}

const labelIn = (options: Options | undefined) => (key: string, value: string): string | undefined => {
  switch (key) {
    case "tag":
    case "leadTag":
      return options?.tags.find(({ id }) => id === value)?.name
    case "source":
    case "leadSource":
      return options?.sources.find((one) => one.value === value)?.label
    case "status":
      return options?.statuses.find((one) => one.value === value)?.label
    default:
      return undefined
  }
}

/** Such as "Source: Portal; Tag: Hot". */
export const filtersName = (filters: Filters, options: Options | undefined): string =>
  filterNames(filters, labelIn(options), localization()).join("; ")

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

const timeName = (instant: string, format: Intl.DateTimeFormatOptions, zone?: string): string =>
  new Intl.DateTimeFormat(locale(), { ...format, timeZone: zoneOr(zone) }).format(new Date(instant))

/** Without a time zone, and if the browser does not know it, the zone of the organization is used, as in `dayName`. */
export const momentName = (instant: string, zone?: string): string =>
  timeName(instant, { dateStyle: "medium", timeStyle: "short" }, zone)

export const dayName = (instant: string, zone?: string): string => timeName(instant, { dateStyle: "medium" }, zone)

/** The text names the zone if it is not that of the browser, and the day if it is not today. */
export const clockName = (instant: string, now = new Date().toISOString()): string => {
  const ofBrowser = new Intl.DateTimeFormat("en").resolvedOptions().timeZone
  const isOther = (timeZone() ?? ofBrowser) !== ofBrowser
  const clock = timeName(instant, { hour: "numeric", minute: "2-digit", ...(isOther && { timeZoneName: "short" }) })
  const day = dayName(instant)
  return day === dayName(now) ? clock : `${clock} (${day})`
}

/** 1 stands for Monday, and 7 for Sunday. */
const weekdayName = (day: number): string =>
  new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, day))

/** Weeks begin on this day. */
export const periodNames = (weekStart: number) =>
  [["day", t.everyDay()], ["week", t.everyWeek({ day: weekdayName(weekStart) })], ["month", t.everyMonth()]] as const

/** Names the people of a snapshot. Without its view, all members and nobody together are everyone. */
export const frozenPeopleName = (
  ids: ReadonlyArray<string>,
  people: Options["people"] = [],
  isEveryone = ids.includes(nobody) && people.length > 1 &&
    people.every(({ hasLeft, id }) => hasLeft || ids.includes(id))
): string => isEveryone ? t.peopleEveryone() : peopleOf(ids, localization())

export const scopeName = ({ scope }: MetricSeries["meta"]): string => {
  if (scope.kind === "own") return t.scopeOwn()
  if (scope.kind === "everyone") return t.scopeEveryone()
  const count = scope.members
  return scope.nobody === true ? t.scopeMembersAndNobody({ count }) : t.scopeMembers({ count })
}
