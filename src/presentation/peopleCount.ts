import { nobody } from "../domain/reservedKeys.ts"
import type { Meta } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { shortList } from "./filterNames.ts"

export { nobody } from "../domain/reservedKeys.ts"

/** Names the people in scope, such as "3 people and nobody". Nobody stands for rows without a member. */
export const peopleIn = ({ kind, members, nobody }: Meta["scope"], { t }: Localization): string => {
  if (kind === "everyone") return t.wholeOrganization()
  if (nobody === undefined) return t.people({ count: members })
  return members === 0 ? t.nobody() : t.peopleAndNobody({ count: members })
}

/** Names at most three of the people in scope, such as "Carlos Vidal and 2 more". Without names, as `peopleIn`. */
export const namedPeopleIn = (
  scope: Meta["scope"],
  named: ReadonlyArray<string>,
  localization: Localization
): string => {
  const { kind, members } = scope
  if (kind !== "members" || named.length === 0 || named.length > members) return peopleIn(scope, localization)
  const people = shortList(named, localization, members)
  return scope.nobody === true ? localization.t.namesAndNobody({ names: people }) : people
}

/** Names the people of a stored scope, whose ids may contain `~nobody`. */
export const peopleOf = (ids: ReadonlyArray<string>, localization: Localization): string => {
  const members = ids.filter((id) => id !== nobody).length
  return peopleIn({ kind: "members", members, ...(ids.includes(nobody) && { nobody: true }) }, localization)
}
