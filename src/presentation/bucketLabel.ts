import type { Bucket } from "../domain/Timeframe.ts"
import type { Localization } from "../languages/Localization.ts"

const formats: { readonly [B in Exclude<Bucket, "quarter">]: Intl.DateTimeFormatOptions } = {
  day: { day: "numeric", month: "short" },
  week: { day: "numeric", month: "short" },
  month: { month: "short", year: "numeric" },
  year: { year: "numeric" }
}

const longFormats = {
  ...formats,
  day: { ...formats.day, year: "numeric" },
  week: { ...formats.week, year: "numeric" }
} as const

/** Examples of labels are `1 Mar`, `Mar 2026`, `Q1 2026`, and `2026`. */
export const bucketLabel = (size: Bucket, { locale, t }: Localization, isLong = false) => {
  const known = isLong ? longFormats : formats
  const format = new Intl.DateTimeFormat(locale, { ...known[size === "quarter" ? "year" : size], timeZone: "UTC" })
  return (bucket: string): string => {
    const date = new Date(`${bucket}T12:00:00Z`)
    const text = format.format(date)
    return size === "quarter"
      ? t.quarter({ quarter: String(Math.floor(date.getUTCMonth() / 3) + 1), year: text })
      : text
  }
}
