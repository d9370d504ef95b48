import type { Options } from "../api/wire.ts"
import { assigneesOf } from "./requestOf.ts"
import type { View } from "./View.ts"

/** The reader's view as the export takes it. */
export const exportQueryOf = ({ people, timeframe }: View, options: Options | undefined): URLSearchParams => {
  const query = new URLSearchParams()
  if (timeframe !== undefined) query.set("timeframe", JSON.stringify(timeframe))
  if (options !== undefined) { for (const id of assigneesOf(people, options)) query.append("assigneeIds", id) }
  return query
}
