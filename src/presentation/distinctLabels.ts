import type { SeriesKey } from "../domain/Series.ts"

/** ECharts identifies a series by its name, but labels can repeat. */
export const distinctLabels = (keys: ReadonlyArray<SeriesKey>): ReadonlyArray<SeriesKey> => {
  const seen = new Map<string, number>()
  return keys.map(({ key, label }) => {
    const count = (seen.get(label) ?? 0) + 1
    seen.set(label, count)
    return { key, label: count === 1 ? label : `${label} (${count})` }
  })
}
