import type { View } from "../../domain/Run.ts"
import type { FrozenNames, Snapshot } from "../../domain/Snapshot.ts"
import { nothingListed } from "../../presentation/detailsOf.ts"
import { areNamedByOrganization, readableFilters } from "../../presentation/filterNames.ts"

export interface Named extends Pick<View, "assigneeIds" | "filters"> {
  readonly widgets: ReadonlyArray<{ readonly filters?: unknown }>
}

/** True if a document of this request names people or tags. */
export const hasNames = ({ assigneeIds = [], filters, widgets }: Named): boolean =>
  assigneeIds.length > 0 || [{ filters }, ...widgets].some((one) => areNamedByOrganization(one.filters))

/** The names of the people and tags that a document of this request names. */
export const namesIn = ({ assigneeIds = [], filters, widgets }: Named, { people, tags }: FrozenNames): FrozenNames => {
  const values = [{ filters }, ...widgets].flatMap((one) => Object.values(readableFilters(one.filters)).flat())
  const tagIds = new Set(values.map((value) => value.toLowerCase()))
  const named = ({ id, name }: FrozenNames["people"][number]) => ({ id, name })
  return {
    people: people.filter(({ id }) => assigneeIds.includes(id)).map(named),
    tags: tags.filter(({ id }) => tagIds.has(id)).map(named)
  }
}

export const viewOfSnapshot = ({ scope: { assigneeIds }, view }: Pick<Snapshot, "scope" | "view">) => ({
  assigneeIds,
  filters: view?.filters
})

const merged = (lists: ReadonlyArray<FrozenNames["people"]>) => [
  ...new Map(lists.flat().map((one) => [one.id, one])).values()
]

/** Returns the names that a snapshot has, and the names of now for the others. */
export const namesOfSnapshot = (
  { names = nothingListed }: Pick<Snapshot, "names">,
  now: FrozenNames,
  inSeries: FrozenNames = nothingListed
): FrozenNames => {
  const lists = [now, names, inSeries]
  return { people: merged(lists.map(({ people }) => people)), tags: merged(lists.map(({ tags }) => tags)) }
}
