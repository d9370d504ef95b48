import type { Filters, Timeframe } from "../api/wire.ts"

export type Chosen = "everyone" | "me" | ReadonlyArray<string>

/** The view is part of the address, so a link opens the same view. */
export interface View {
  readonly timeframe: Timeframe | undefined
  readonly people: Chosen
  readonly filters: Filters
}

/** A chosen timeframe keeps the time zone and the first day of the week of the report. */
export const timeframeOf = ({ timeframe }: View, { timeZone, weekStart, ...rest }: Timeframe): Timeframe => ({
  ...(timeZone !== undefined && { timeZone }),
  ...(weekStart !== undefined && { weekStart }),
  ...(timeframe ?? rest)
})

const timeKeys = [["bucket", "by"], ["from", "from"], ["to", "to"]] as const
const filterKeys = ["tag", "source", "status"] as const

const timeframeIn = (query: URLSearchParams): Timeframe | undefined => {
  const preset = query.get("time")
  if (preset === null) return undefined
  const named = timeKeys.flatMap(([key, name]) => query.getAll(name).map((value) => [key, value]))
  return { preset, ...Object.fromEntries(named) }
}

const peopleIn = (query: URLSearchParams): Chosen => {
  const people = query.get("people")
  if (people === null || people === "everyone") return "everyone"
  return people === "me" ? "me" : people.split(",")
}

export const viewOf = (query: URLSearchParams): View => ({
  timeframe: timeframeIn(query),
  people: peopleIn(query),
  filters: Object.fromEntries(
    filterKeys.map((key) => [key, query.getAll(key)] as const).filter(([, values]) => values.length > 0)
  )
})

export const queryOf = ({ filters, people, timeframe }: View): string => {
  const query = new URLSearchParams()
  if (timeframe !== undefined) {
    query.set("time", timeframe.preset)
    for (const [key, name] of timeKeys) if (timeframe[key] !== undefined) query.set(name, timeframe[key])
  }
  if (people !== "everyone") query.set("people", typeof people === "string" ? people : people.join(","))
  for (const [key, values] of Object.entries(filters)) for (const value of values) query.append(key, value)
  return query.toString()
}

export const countOf = (filters: Filters): number =>
  Object.values(filters).reduce((total, values) => total + values.length, 0)
