import { Schema } from "effect"

export const presets = [
  "today",
  "yesterday",
  "last_7d",
  "last_30d",
  "last_90d",
  "last_12m",
  "this_week",
  "last_week",
  "this_month",
  "last_month",
  "this_quarter",
  "last_quarter",
  "this_year",
  "last_year",
  "all_time",
  "custom"
] as const
export type Preset = typeof presets[number]

export const buckets = ["day", "week", "month", "quarter", "year"] as const
export type Bucket = typeof buckets[number]

export const Preset = Schema.Literals(presets).annotate({ identifier: "Preset" })
export const Bucket = Schema.Literals(buckets).annotate({ identifier: "Bucket" })

/** A timeframe as it is asked for: unknown words are told by `windowOf`, not by the schema. */
export interface Timeframe {
  readonly preset: string
  readonly from?: string
  readonly to?: string
  readonly bucket?: string
  readonly timeZone?: string
  readonly weekStart?: number
}

/** The calendar an organization lives by. `weekStart`: 1 is Monday, 7 is Sunday. */
export interface LocalCalendar {
  readonly timeZone: string
  readonly weekStart: number
}

export const defaultTimeframe: Timeframe = { preset: "last_30d", bucket: "day" }
