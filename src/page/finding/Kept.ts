import type { ReportSummary } from "../api/wire.ts"

/** The ids of reports that the page keeps in the browser for one person. */
export interface Kept {
  readonly favourites: ReadonlyArray<string>
  /** The last opened report comes first. */
  readonly opened: ReadonlyArray<string>
}

export const nothingKept: Kept = { favourites: [], opened: [] }

const mostOpened = 20

const idsIn = (value: unknown): ReadonlyArray<string> =>
  Array.isArray(value) ? value.filter((id) => typeof id === "string") : []

export const keptIn = (text: string | null | undefined): Kept => {
  try {
    const { favourites, opened } = { favourites: [], opened: [], ...JSON.parse(text ?? "{}") }
    return { favourites: idsIn(favourites), opened: idsIn(opened) }
  } catch {
    return nothingKept
  }
}

export const afterOpening = (kept: Kept, id: string): Kept =>
  kept.opened[0] === id
    ? kept
    : { ...kept, opened: [id, ...kept.opened.filter((other) => other !== id)].slice(0, mostOpened) }

export const withFavourite = (kept: Kept, id: string, isFavourite: boolean): Kept => {
  const others = kept.favourites.filter((other) => other !== id)
  return { ...kept, favourites: isFavourite ? [...others, id] : others }
}

/** Moves a favourite directly before another favourite. */
export const movedBefore = (kept: Kept, id: string, other: string): Kept =>
  kept.favourites.includes(other) && id !== other
    ? {
      ...kept,
      favourites: kept.favourites.filter((one) => one !== id).flatMap((one) => one === other ? [id, one] : [one])
    }
    : kept

type Listed = Pick<ReportSummary, "id" | "visibility">

/** Favourites come first, then the last opened reports, then those of the organization. */
export const inOwnOrder = <A extends Listed>(reports: ReadonlyArray<A>, { favourites, opened }: Kept) => {
  const byId = new Map(reports.map((report) => [report.id, report]))
  const first = [...favourites, ...opened].flatMap((id) => byId.get(id) ?? [])
  const shared = reports.filter(({ visibility }) => visibility === "organization")
  return [...new Set([...first, ...shared, ...reports])]
}

/** The reports of a slideshow: the favourites, or else all. */
export const slidesOf = <A extends Listed>(reports: ReadonlyArray<A>, kept: Kept): ReadonlyArray<A> => {
  const ordered = inOwnOrder(reports, kept)
  const favourites = ordered.filter(({ id }) => kept.favourites.includes(id))
  return favourites.length > 0 ? favourites : ordered
}
