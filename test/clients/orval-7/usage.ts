import type { CatalogEntry, RunRequest, TimeseriesPoint } from "./generated/crm"

/** `partial` is a property of its own beside one number for each series key. */
export const valuesOf = ({ bucket: _bucket, partial: _partial, ...values }: TimeseriesPoint) => Object.values(values)

export const runOf = (catalog: ReadonlyArray<CatalogEntry>): RunRequest => ({
  widgets: catalog.map((m) => ({ instanceId: m.id, metricId: m.id, chart: m.defaultChart }))
})
