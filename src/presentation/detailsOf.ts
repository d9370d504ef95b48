import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import type { ColorName } from "../domain/Color.ts"
import type { Options } from "../domain/Options.ts"
import type { Details } from "./Details.ts"
import { dimensionOf } from "./inLanguage.ts"
import { light } from "./themes.ts"

type Entry = Pick<CatalogEntry, "dimensions" | "moreIsBetter" | "shape">

/** Color names of the CRM that the theme lacks are ignored. */
const isThemeColor = (word: string): word is ColorName => Object.hasOwn(light.colors, word)

export const detailsOf = (
  { dimensions, moreIsBetter, shape }: Entry,
  groupBy: string | undefined,
  tags: Options["tags"]
): Omit<Details, "localization"> => {
  const values = dimensionOf({ dimensions, shape }, groupBy)?.values ?? []
  const colors = [
    ...tags.map(({ color, id }) => ({ value: id, color: isThemeColor(color) ? color : undefined })),
    ...values
  ].flatMap(({ color, value }) => color === undefined ? [] : [[value, color]] as const)
  return { moreIsBetter, colors: Object.fromEntries(colors) }
}
