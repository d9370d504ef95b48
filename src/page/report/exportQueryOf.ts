import { selectionOf } from "./requestOf.ts"
import type { View } from "./View.ts"

/** The view as query parameters of an export. */
export const exportQueryOf = ({ people, timeframe }: View): URLSearchParams => {
  const query = new URLSearchParams()
  if (timeframe !== undefined) query.set("timeframe", JSON.stringify(timeframe))
  const { assigneeIds = [], everyone } = selectionOf(people)
  if (everyone === true) query.set("everyone", "true")
  for (const id of assigneeIds) query.append("assigneeIds", id)
  return query
}
