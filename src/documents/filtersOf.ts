import type { Meta } from "../domain/Series.ts"
import { catalogTextsIn } from "../languages/catalogTexts.ts"
import { localizationOf } from "../languages/messagesOf.ts"
import { filterNames, type FilterValues } from "../presentation/filterNames.ts"
import type { Document } from "./Document.ts"

type Named = Pick<Document, "locale" | "tagNames">

/** Such as "Source: Portal; Status: Won". The default is all values. */
const namedFilters = (
  filters: ReadonlyArray<FilterValues>,
  { locale, tagNames = {} }: Named,
  most = Infinity
): string => {
  const label = catalogTextsIn(locale)
  const labelOf = (key: string, value: string) =>
    (Object.hasOwn(tagNames, value) ? tagNames[value] : undefined) ?? label(`${key}.${value}`)
  return filters.flatMap((one) => filterNames(one, labelOf, localizationOf(locale), most)).join("; ")
}

/** Names the filters of a number. */
export const filtersOf = ({ also = {}, applied }: Meta["filters"], named: Named): string =>
  namedFilters([applied, also], named)

/** Names the filters of the view, of each filter at most so many values. */
export const viewFilters = ({ filters = {}, ...document }: Named & Pick<Document, "filters">, most?: number): string =>
  namedFilters([filters], document, most)
