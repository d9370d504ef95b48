import type { Filters, Timeframe } from "../api/wire.ts"

export type Chosen = "everyone" | "me" | ReadonlyArray<string>

/** The view is part of the address, so a link opens the same view. */
export interface View {
  readonly timeframe: Timeframe | undefined
  readonly people: Chosen
  readonly filters: Filters
}

const filterKeys = ["tag", "source", "status"] as const

const timeframeIn = (query: URLSearchParams): Timeframe | undefined => {
  const preset = query.get("time")
  if (preset === null) return undefined
  const [bucket, from, to] = [query.get("by"), query.get("from"), query.get("to")]
  return {
    preset,
    ...(bucket !== null && { bucket }),
    ...(from !== null && { from }),
    ...(to !== null && { to })
  }
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
    if (timeframe.bucket !== undefined) query.set("by", timeframe.bucket)
    if (timeframe.from !== undefined) query.set("from", timeframe.from)
    if (timeframe.to !== undefined) query.set("to", timeframe.to)
  }
  if (people !== "everyone") query.set("people", typeof people === "string" ? people : people.join(","))
  for (const [key, values] of Object.entries(filters)) for (const value of values) query.append(key, value)
  return query.toString()
}

export const countOf = (filters: Filters): number =>
  Object.values(filters).reduce((total, values) => total + values.length, 0)
