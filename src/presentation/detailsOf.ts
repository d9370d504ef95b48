import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import type { Details } from "./Details.ts"

export const detailsOf = (
  { dimensions, moreIsBetter, shape }: Pick<CatalogEntry, "dimensions" | "moreIsBetter" | "shape">,
  groupBy?: string
): Details => {
  const dimension = shape === "timeseries" ? dimensions.find(({ key }) => key === groupBy) : dimensions[0]
  const colors = (dimension?.values ?? []).flatMap(({ color, value }) =>
    color === undefined ? [] : [[value, color]] as const
  )
  return { moreIsBetter, colors: Object.fromEntries(colors) }
}
