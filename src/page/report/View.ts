import { readableFilters } from "../../presentation/filterNames.ts"
import type { Filters, FreezeSchedule, People, Report, SetFreezeSchedule, Timeframe, ViewRequest } from "../api/wire.ts"

export type Chosen = "everyone" | "me" | ReadonlyArray<string>

/** The view is part of the address, so a link opens the same view. What it leaves out is as the report says. */
export interface View {
  readonly timeframe?: Timeframe | undefined
  readonly people?: Chosen | undefined
  readonly filters?: Filters | undefined
  readonly comparePrevious?: boolean
}

export type Defaults = Pick<Report, "defaultFilters" | "defaultPeople" | "defaultTimeframe">

const timeKeys = [["bucket", "by"], ["from", "from"], ["to", "to"]] as const
const filterKeys = ["tag", "source", "status", "leadTag", "leadSource", "leadType"] as const
/** Says that the filters of the report are removed. */
const noFilters = "none"

const timeframeIn = (query: URLSearchParams): Timeframe | undefined => {
  const preset = query.get("time")
  if (preset === null) return undefined
  const named = timeKeys.flatMap(([key, name]) => query.getAll(name).map((value) => [key, value]))
  return { preset, ...Object.fromEntries(named) }
}

const peopleIn = (query: URLSearchParams): Chosen | undefined => {
  const people = query.get("people")
  if (people === null) return undefined
  return people === "me" || people === "everyone" ? people : people.split(",")
}

const filtersIn = (query: URLSearchParams): Filters | undefined => {
  const named = filterKeys.map((key) => [key, query.getAll(key)] as const).filter(([, values]) => values.length > 0)
  return named.length > 0 || query.get("filters") === noFilters ? Object.fromEntries(named) : undefined
}

export const viewOf = (query: URLSearchParams): View => ({
  timeframe: timeframeIn(query),
  people: peopleIn(query),
  filters: filtersIn(query),
  comparePrevious: query.get("compare") === "previous"
})

export const countOf = (filters: Filters): number =>
  Object.values(filters).reduce((total, values) => total + values.length, 0)

/** Without values, a filter is left out. */
export const withValues = (filters: Filters, key: string, values: ReadonlyArray<string> = []): Filters => {
  const others = Object.entries(filters).filter(([other]) => other !== key)
  return Object.fromEntries(values.length === 0 ? others : [...others, [key, values]])
}

export const queryOf = ({ comparePrevious, filters, people, timeframe }: View): string => {
  const query = new URLSearchParams()
  if (timeframe !== undefined) {
    query.set("time", timeframe.preset)
    for (const [key, name] of timeKeys) if (timeframe[key] !== undefined) query.set(name, timeframe[key])
  }
  if (people !== undefined) query.set("people", typeof people === "string" ? people : people.join(","))
  if (filters !== undefined && countOf(filters) === 0) query.set("filters", noFilters)
  for (const [key, values] of Object.entries(filters ?? {})) for (const value of values) query.append(key, value)
  if (comparePrevious === true) query.set("compare", "previous")
  return query.toString()
}

const chosenIn = (people: People | null): Chosen => {
  if (people === null || people.everyone === true) return "everyone"
  const assigneeIds = people.assigneeIds ?? []
  return assigneeIds.length === 0 ? "me" : assigneeIds
}

/** Without people, the API counts the people of the report. */
export const selectionOf = (people: Chosen): People => {
  if (people === "everyone") return { everyone: true }
  return { assigneeIds: people === "me" ? [] : people }
}

/** A chosen timeframe keeps the time zone and the first day of the week of the report. */
const timeframeOf = (chosen: Timeframe | undefined, { timeZone, weekStart, ...rest }: Timeframe): Timeframe => ({
  ...(timeZone !== undefined && { timeZone }),
  ...(weekStart !== undefined && { weekStart }),
  ...(chosen ?? rest)
})

export const shownOf = (
  { comparePrevious = false, filters, people, timeframe }: View,
  { defaultFilters, defaultPeople, defaultTimeframe }: Defaults
) => ({
  timeframe: timeframeOf(timeframe, defaultTimeframe),
  people: people ?? chosenIn(defaultPeople),
  filters: filters ?? readableFilters(defaultFilters),
  comparePrevious
})

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Leaves out what is as the report says, so that the address is short. */
export const withoutDefaults = (view: View, defaults: Defaults): View => {
  const usual = shownOf({}, defaults)
  const { comparePrevious, filters, people, timeframe } = view
  return {
    timeframe,
    people: same(people, usual.people) ? undefined : people,
    filters: same(filters, usual.filters) ? undefined : filters,
    comparePrevious: comparePrevious === true
  }
}

/** The view of a stored request. */
export const viewFrom = ({ comparePrevious, filters, timeframe, ...people }: ViewRequest): View => ({
  timeframe,
  people: people.assigneeIds === undefined && people.everyone === undefined ? undefined : chosenIn(people),
  filters: filters === undefined ? undefined : readableFilters(filters),
  comparePrevious: comparePrevious === true
})

/** The page sends this view with runs, records, files and snapshots. */
export const viewRequestOf = (view: View, defaults: Defaults, role: "admin" | "member"): ViewRequest => {
  const { comparePrevious, people, timeframe } = shownOf(view, defaults)
  return {
    timeframe,
    ...(role === "admin" && selectionOf(people)),
    filters: view.filters ?? defaults.defaultFilters ?? {},
    ...(comparePrevious && { comparePrevious })
  }
}

/** A schedule that is set again keeps what the dialog does not show. */
export const scheduleRequestOf = (
  chosen: Pick<SetFreezeSchedule, "at" | "every">,
  former: FreezeSchedule | null,
  view: ViewRequest
): SetFreezeSchedule => ({
  ...chosen,
  ...(former !== null && { timeZone: former.timeZone, keepDays: former.keepDays }),
  view
})
