import type { Bucket } from "../domain/Timeframe.ts"

const formats: { readonly [B in Exclude<Bucket, "quarter">]: Intl.DateTimeFormatOptions } = {
  day: { day: "numeric", month: "short" },
  week: { day: "numeric", month: "short" },
  month: { month: "short", year: "numeric" },
  year: { year: "numeric" }
}

/** A bucket's first local day as a label: `1 Mar`, `Mar 2026`, `Q1 2026`, `2026`. Weeks are named by their first day. */
export const bucketLabel = (size: Bucket, locale = "en") => {
  const format = new Intl.DateTimeFormat(locale, { ...formats[size === "quarter" ? "year" : size], timeZone: "UTC" })
  return (bucket: string): string => {
    const date = new Date(`${bucket}T12:00:00Z`)
    const text = format.format(date)
    return size === "quarter" ? `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${text}` : text
  }
}
