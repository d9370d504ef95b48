import type { CatalogEntry, RunRequest, TimeseriesPoint } from "./generated/crm"

/** A point has a number for each series key, and also `bucket` and `partial`. */
export const valuesOf = ({ bucket: _bucket, partial: _partial, ...values }: TimeseriesPoint) => Object.values(values)

export const runOf = (catalog: ReadonlyArray<CatalogEntry>): RunRequest => ({
  widgets: catalog.map((m) => ({ instanceId: m.id, metricId: m.id, chart: m.defaultChart }))
})
