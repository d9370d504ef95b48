import { selectionOf } from "./requestOf.ts"
import type { View } from "./View.ts"

export const exportQueryOf = ({ people, timeframe }: View): URLSearchParams => {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(timeframe ?? {})) query.set(key, String(value))
  const { assigneeIds = [], everyone } = selectionOf(people)
  if (everyone === true) query.set("everyone", "true")
  for (const id of assigneeIds) query.append("assigneeIds", id)
  return query
}
