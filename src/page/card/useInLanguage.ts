import { useMemo, useState } from "react"
import type { Details } from "../../presentation/Details.ts"
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

/** Returns what a drawing needs besides the series. Equal details are the same object, so that nothing is drawn again. */
export const useDetails = (metric: CatalogEntry | undefined, groupBy: string | undefined): Details => {
  const listed = useOptions() ?? nothingListed
  const made = useMemo(() => JSON.stringify(metric && detailsOf(metric, groupBy, listed)), [groupBy, listed, metric])
  return useMemo(() => ({ ...(made && JSON.parse(made)), localization: localization() }), [made])
}

/** A newer count of the same numbers differs only in its time, which no chart shows. */
export const useDrawn = (series: MetricSeries): MetricSeries => {
  const { asOf: _asOf, previousWindow: _previousWindow, ...meta } = series.meta
  const numbers = JSON.stringify({ ...series, meta })
  const [drawn, keep] = useState({ numbers, series })
  if (drawn.numbers === numbers) return drawn.series
  keep({ numbers, series })
  return series
}
