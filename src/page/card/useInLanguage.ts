import { useMemo } from "react"
import { detailsOf, nothingListed } from "../../presentation/detailsOf.ts"
import { inLanguage } from "../../presentation/inLanguage.ts"
import { useOptions } from "../api/queries.ts"
import type { CatalogEntry, MetricSeries } from "../api/wire.ts"
import { localization } from "../shell/messages.ts"

/** Returns the series with its labels in the language of the page. */
export const useInLanguage = (
  series: MetricSeries | undefined,
  metric: CatalogEntry | undefined,
  groupBy: string | undefined
): MetricSeries | undefined =>
  useMemo(
    () => series === undefined ? undefined : inLanguage(series, metric, groupBy, localization()),
    [groupBy, metric, series]
  )

/** Returns what a drawing needs besides the series. */
export const useDetails = (metric: CatalogEntry | undefined, groupBy: string | undefined) => {
  const listed = useOptions() ?? nothingListed
  return useMemo(
    () => ({ ...(metric && detailsOf(metric, groupBy, listed)), localization: localization() }),
    [groupBy, listed, metric]
  )
}
