import { none } from "../domain/reservedKeys.ts"
import type { Localization } from "../languages/Localization.ts"
import { asWords } from "../metrics/labels.ts"

/** The chosen values of each filter. The keys are those of the filters, such as `source`. */
export type FilterValues = Readonly<Record<string, ReadonlyArray<string>>>

export const mostShown = 3

/** Such as "Portal, Web, Fair and 4 more". `total` also counts the values without a name. */
export const shortList = (
  names: ReadonlyArray<string>,
  { t }: Localization,
  total = names.length,
  most = mostShown
): string => {
  const shown = names.slice(0, most)
  if (shown.length === 0) return t.filterValues({ count: total })
  return shown.length === total
    ? shown.join(", ")
    : t.andMore({ names: shown.join(", "), count: total - shown.length })
}

/** Only the organization knows the names of its tags. */
const hasOwnNames = (key: string) => key === "tag" || key === "leadTag"

const textsIn = (value: unknown): ReadonlyArray<string> =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string")

/** The filters that a person can read. Stored filters may have any form. */
export const readableFilters = (stored: unknown): FilterValues =>
  typeof stored === "object" && stored !== null
    ? Object.fromEntries(Object.entries(stored).map(([key, value]) => [key, textsIn(value)]))
    : {}

/** True if the names of these filters come from the organization. */
export const areNamedByOrganization = (stored: unknown): boolean =>
  Object.entries(readableFilters(stored)).some(([key, values]) => hasOwnNames(key) && values.length > 0)

/** Such as "Source: Portal". A tag without a label is only counted. */
export const filterNames = (
  filters: FilterValues,
  labelOf: (key: string, value: string) => string | undefined,
  localization: Localization,
  most = mostShown
): ReadonlyArray<string> => {
  const { locale, t } = localization
  return Object.entries(filters).map(([key, values]) => {
    const head = t.filterName({ key })
    const names = values.flatMap((value) => {
      if (value === none) return [t.labelUnknown()]
      return labelOf(key, value) ?? (hasOwnNames(key) ? [] : [asWords(value)])
    })
    return `${head.slice(0, 1).toLocaleUpperCase(locale)}${head.slice(1)}: ${
      shortList(names, localization, values.length, most)
    }`
  })
}
