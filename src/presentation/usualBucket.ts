import type { Bucket, Preset } from "../domain/Timeframe.ts"

const usual: Readonly<Record<string, Bucket>> = {
  today: "day",
  yesterday: "day",
  last_7d: "day",
  last_30d: "day",
  last_90d: "week",
  last_12m: "month",
  this_week: "day",
  last_week: "day",
  this_month: "day",
  last_month: "day",
  this_quarter: "week",
  last_quarter: "week",
  this_year: "month",
  last_year: "month",
  next_month: "day",
  next_quarter: "week",
  next_90d: "month",
  all_time: "quarter",
  custom: "day"
} satisfies { readonly [P in Preset]: Bucket }

export const usualBucketOf = (preset: string): Bucket => usual[preset] ?? "day"
