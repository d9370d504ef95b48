import type { SeriesKey } from "../domain/Series.ts"

/** Two people, tags or spellings may have one label; a chart tells series apart by name. */
export const distinctLabels = (keys: ReadonlyArray<SeriesKey>): ReadonlyArray<SeriesKey> => {
  const seen = new Map<string, number>()
  return keys.map(({ key, label }) => {
    const count = (seen.get(label) ?? 0) + 1
    seen.set(label, count)
    return { key, label: count === 1 ? label : `${label} (${count})` }
  })
}
