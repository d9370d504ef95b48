import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import type { ColorName } from "../domain/Color.ts"
import type { Options } from "../domain/Options.ts"
import type { Details } from "./Details.ts"
import { dimensionOf } from "./inLanguage.ts"
import { light } from "./themes.ts"

type Entry = Pick<CatalogEntry, "dimensions" | "moreIsBetter" | "shape">

/** Color names of the CRM that the theme lacks are ignored. */
const isThemeColor = (word: string): word is ColorName => Object.hasOwn(light.colors, word)

/** Lists of the organization, in a fixed order. */
export type Listed = Pick<Options, "people" | "sources" | "tags">

export const nothingListed: Listed = { people: [], sources: [], tags: [] }

/** The dimensions whose values are listed. */
const lists: Readonly<Record<string, keyof Listed>> = {
  assignee: "people",
  leadSource: "sources",
  source: "sources",
  tag_ids: "tags"
}

export const listOf = (entry: Pick<Entry, "dimensions" | "shape">, groupBy: string | undefined) =>
  lists[dimensionOf(entry, groupBy)?.key ?? ""]

const valuesOf = (list: keyof Listed | undefined, { people, sources }: Listed): ReadonlyArray<string> => {
  if (list === "people") return people.map(({ id }) => id)
  return list === "sources" ? sources.map(({ value }) => value) : []
}

export const detailsOf = (
  { dimensions, moreIsBetter, shape }: Entry,
  groupBy: string | undefined,
  listed: Listed
): Omit<Details, "localization"> => {
  const list = listOf({ dimensions, shape }, groupBy)
  const tags = list === "tags" ? listed.tags : []
  const colors = [
    ...tags.map(({ color, id }) => ({ value: id, color: isThemeColor(color) ? color : undefined })),
    ...dimensionOf({ dimensions, shape }, groupBy)?.values ?? []
  ].flatMap(({ color, value }) => color === undefined ? [] : [[value, color]] as const)
  return { moreIsBetter, colors: Object.fromEntries(colors), values: valuesOf(list, listed) }
}
