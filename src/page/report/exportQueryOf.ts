import type { Timeframe } from "../api/wire.ts"
import { selectionOf } from "./requestOf.ts"
import { timeframeOf, type View } from "./View.ts"

export const exportQueryOf = (view: View, defaultTimeframe: Timeframe): URLSearchParams => {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(timeframeOf(view, defaultTimeframe))) query.set(key, String(value))
  const { assigneeIds = [], everyone } = selectionOf(view.people)
  if (everyone === true) query.set("everyone", "true")
  for (const id of assigneeIds) query.append("assigneeIds", id)
  return query
}
