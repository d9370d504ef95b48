import { none } from "../domain/reservedKeys.ts"
import type { Meta } from "../domain/Series.ts"
import { catalogTextsIn } from "../languages/catalogTexts.ts"
import { localizationOf } from "../languages/messagesOf.ts"

/** Such as `source: portal; status: Won`. */
export const filtersOf = ({ also = {}, applied }: Meta["filters"], locale: string) => {
  const label = catalogTextsIn(locale)
  const { t } = localizationOf(locale)
  const valueOf = (key: string) => (value: string) =>
    value === none ? t.labelUnknown() : label(`${key}.${value}`) ?? value
  return [...Object.entries(applied), ...Object.entries(also)]
    .map(([key, values]) => `${t.filterName({ key })}: ${values.map(valueOf(key)).join(", ")}`).join("; ")
}
