import { Schema } from "effect"
import { Word } from "./Text.ts"

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
  "next_month",
  "next_quarter",
  "next_90d",
  "all_time",
  "custom"
] as const
export type Preset = typeof presets[number]

/** Only metrics of expected times take these presets. */
export const aheadPresets: ReadonlySet<string> = new Set<Preset>(["next_month", "next_quarter", "next_90d"])

export const buckets = ["day", "week", "month", "quarter", "year"] as const
export type Bucket = typeof buckets[number]

export const Preset = Schema.Literals(presets).annotate({ identifier: "Preset" })
export const Bucket = Schema.Literals(buckets).annotate({ identifier: "Bucket" })

/** Unknown words and numbers are accepted, so that a wrong value fails only its widget. */
export const TimeframeRequest = Schema.Struct({
  preset: Word,
  from: Schema.optionalKey(Word),
  to: Schema.optionalKey(Word),
  bucket: Schema.optionalKey(Word),
  timeZone: Schema.optionalKey(Word),
  weekStart: Schema.optionalKey(Schema.Finite)
}).annotate({ identifier: "Timeframe" })
export type Timeframe = typeof TimeframeRequest.Type

/** `weekStart` is 1 for Monday and 7 for Sunday. */
export interface LocalCalendar {
  readonly timeZone: string
  readonly weekStart: number
}

export const defaultTimeframe: Timeframe = { preset: "last_30d", bucket: "day" }
export const defaultTimeframeAhead: Timeframe = { preset: "next_90d", bucket: "month" }
