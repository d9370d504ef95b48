import type { Timeframe } from "../api/wire.ts"
import { selectionOf } from "./requestOf.ts"
import { timeframeOf, type View } from "./View.ts"

export const exportQueryOf = (view: View, defaultTimeframe: Timeframe): URLSearchParams => {
  const query = new URLSearchParams()
  const timeframe = view.timeframe === undefined ? {} : timeframeOf(view, defaultTimeframe)
  for (const [key, value] of Object.entries(timeframe)) query.set(key, String(value))
  const { assigneeIds = [], everyone } = selectionOf(view.people)
  if (everyone === true) query.set("everyone", "true")
  for (const id of assigneeIds) query.append("assigneeIds", id)
  return query
}
