import type { RunRequest, ViewRequest, Widget } from "../api/wire.ts"

const asked = (
  { chart, comparePrevious, filters, groupBy, instanceId, metricId, target, timeframe, within }: Widget
): RunRequest["widgets"][number] => ({
  instanceId,
  metricId,
  chart,
  ...(groupBy !== undefined && { groupBy }),
  ...(comparePrevious === true && { comparePrevious }),
  ...(target === true && { target }),
  ...(within !== undefined && { within }),
  ...(timeframe !== undefined && { timeframe }),
  ...(filters !== undefined && filters !== null && { filters })
})

export const requestOf = (widgets: ReadonlyArray<Widget>, view: ViewRequest): RunRequest => ({
  ...view,
  widgets: widgets.map(asked)
})
