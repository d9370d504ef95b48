import type { ReportRunRequest, Timeframe } from "../api/wire.ts"
import { selectionOf } from "./requestOf.ts"
import { timeframeOf, type View } from "./View.ts"

export const fileRequestOf = (view: View, defaultTimeframe: Timeframe): ReportRunRequest => ({
  ...(view.timeframe !== undefined && { timeframe: timeframeOf(view, defaultTimeframe) }),
  ...selectionOf(view.people)
})
