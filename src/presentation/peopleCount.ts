import { nobody } from "../domain/reservedKeys.ts"
import type { Meta, MetricSeries } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { shortList } from "./filterNames.ts"

export { nobody } from "../domain/reservedKeys.ts"

/** Names the people in scope, such as "3 people and nobody". Nobody stands for rows without a member. */
export const peopleIn = ({ kind, members, nobody }: Meta["scope"], { t }: Localization): string => {
  if (kind === "everyone") return t.wholeOrganization()
  if (nobody === undefined) return t.people({ count: members })
  return members === 0 ? t.nobody() : t.peopleAndNobody({ count: members })
}

/** The scope of a snapshot is stored as its creator sees it. To other readers, own records are those of 1 person. */
export const scopeOfOthers = (scope: Meta["scope"]): Meta["scope"] =>
  scope.kind === "own" ? { ...scope, kind: "members" } : scope

/** Returns a snapshot as this person may call it: only its creator counts own records in it. */
export const readBy =
  ({ userId }: { readonly userId: string }) =>
  <A extends { readonly createdBy: string; readonly series: ReadonlyArray<MetricSeries> }>(found: A): A =>
    found.createdBy === userId ? found : {
      ...found,
      series: found.series.map((one) => ({ ...one, meta: { ...one.meta, scope: scopeOfOthers(one.meta.scope) } }))
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
