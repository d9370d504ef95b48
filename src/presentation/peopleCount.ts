import { counted } from "../domain/counted.ts"
import { nobody } from "../domain/reservedKeys.ts"
import type { Meta } from "../domain/Series.ts"

export { nobody } from "../domain/reservedKeys.ts"

export const peopleCount = (count: number): string => counted(count, "person", "people")

/** Names the people in scope, such as "3 people and nobody". Nobody stands for rows without a member. */
export const peopleIn = ({ kind, members, nobody }: Meta["scope"]): string => {
  if (kind === "everyone") return "the whole organization"
  if (nobody === undefined) return peopleCount(members)
  return members === 0 ? "nobody" : `${peopleCount(members)} and nobody`
}

/** Names the people of a stored scope, whose ids may contain `~nobody`. */
export const peopleOf = (ids: ReadonlyArray<string>): string => {
  const members = ids.filter((id) => id !== nobody).length
  return peopleIn({ kind: "members", members, ...(ids.includes(nobody) && { nobody: true }) })
}
