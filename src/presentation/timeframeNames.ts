import type { PresentationMessages } from "../languages/compiled/presentation.ts"

export const presetNamesIn = (t: PresentationMessages): Readonly<Record<string, string>> => ({
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

export const bucketNamesIn = (t: PresentationMessages) =>
  [
    ["day", t.byDay()],
    ["week", t.byWeek()],
    ["month", t.byMonth()],
    ["quarter", t.byQuarter()],
    ["year", t.byYear()]
  ] as const

/** Without a bucket, a series has a point for each day. */
export const bucketNameIn = (t: PresentationMessages, bucket = "day"): string =>
  bucketNamesIn(t).find(([name]) => name === bucket)?.[1] ?? ""
