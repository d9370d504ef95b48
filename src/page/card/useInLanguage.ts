import { useMemo } from "react"
import { inLanguage } from "../../presentation/inLanguage.ts"
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
