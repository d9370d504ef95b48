import { useMemo } from "react"
import { stateOf } from "../../presentation/stateOf.ts"
import { usePerson } from "../api/queries.ts"
import type { CatalogEntry, MetricSeries, Widget } from "../api/wire.ts"
import { type Narrowing, narrowingOf } from "../choosing/narrowing.ts"
import type { Point } from "../records/Point.ts"
import type { RecordsAsked } from "../records/RecordsAsked.ts"
import { localization } from "../shell/messages.ts"

interface Pointed {
  readonly widget: Widget
  readonly metric: CatalogEntry | undefined
  readonly series: MetricSeries | undefined
  readonly title: string
  readonly onNarrow: ((narrowing: Narrowing) => void) | undefined
  readonly onRecords: ((asked: RecordsAsked) => void) | undefined
}

/** A point opens its records. A name, such as an entry of a legend, narrows the report, or opens records. */
export const usePoints = ({ metric, onNarrow, onRecords, series, title, widget }: Pointed) => {
  const isAdmin = usePerson().role === "admin"
  return useMemo(() => {
    if (onRecords === undefined || series === undefined || stateOf(series, localization()).kind !== "filled") return {}
    const narrowingAt = ({ at }: Point) => metric && narrowingOf(series, at, metric, widget.groupBy, isAdmin)
    const onPoint = (point: Point) => onRecords({ widget, title, series, point, narrowing: narrowingAt(point) })
    const onLegend = (point: Point) => {
      const narrowing = narrowingAt(point)
      if (narrowing === undefined) onPoint(point)
      else onNarrow?.(narrowing)
    }
    return { onPoint, onLegend }
  }, [isAdmin, metric, onNarrow, onRecords, series, title, widget])
}
