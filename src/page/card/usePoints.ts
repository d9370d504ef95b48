import { useMemo, useState } from "react"
import { stateOf } from "../../presentation/stateOf.ts"
import { usePerson } from "../api/queries.ts"
import type { CatalogEntry, MetricSeries, RecordsAt, Widget } from "../api/wire.ts"
import { chosenIn, type Narrowing, narrowingOf } from "../choosing/narrowing.ts"
import type { Point } from "../records/Point.ts"
import type { RecordsAsked } from "../records/RecordsAsked.ts"
import { localization } from "../shell/messages.ts"

interface Pointed {
  readonly widget: Widget
  readonly metric: CatalogEntry | undefined
  readonly series: MetricSeries | undefined
  readonly isStale: boolean
  readonly title: string
  readonly isChosen?: ((narrowing: Narrowing) => boolean) | undefined
  readonly onNarrow?: ((narrowing: Narrowing) => void) | undefined
  readonly onRecords: ((asked: RecordsAsked) => void) | undefined
}

/** The name of a legend to which the view is narrowed. `onWiden` takes this back. */
export interface ChosenName {
  readonly key: string
  readonly label: string
  readonly onWiden: () => void
}

export interface Points {
  readonly chosen?: ChosenName | undefined
  readonly onPoint?: (point: Point) => void
  readonly onLegend?: (point: Point) => void
}

/** A point opens its records. A name, such as an entry of a legend, narrows the report, or opens records. */
export const usePoints = (
  { isChosen, isStale, metric, onNarrow, onRecords, series, title, widget }: Pointed
): Points => {
  const isAdmin = usePerson().role === "admin"
  // While a newer view is counted, the series of the view before are shown.
  const [isChosenInShown, keep] = useState(() => isStale ? undefined : isChosen)
  if (!isStale && isChosenInShown !== isChosen) keep(() => isChosen)
  return useMemo(() => {
    if (onRecords === undefined || series === undefined || stateOf(series, localization()).kind !== "filled") return {}
    const narrowingAt = (at: RecordsAt) => metric && narrowingOf(series, at, metric, widget.groupBy, isAdmin)
    const onPoint = (point: Point) => onRecords({ widget, title, series, point, narrowing: narrowingAt(point.at) })
    const onLegend = (point: Point) => {
      const narrowing = narrowingAt(point.at)
      if (narrowing === undefined) onPoint(point)
      else onNarrow?.(narrowing)
    }
    const found = isChosenInShown && chosenIn(series, narrowingAt, isChosenInShown)
    const onWiden = () => {
      if (found !== undefined && isChosen?.(found.to) === true) onNarrow?.(found.to)
    }
    return { onPoint, onLegend, chosen: found && { ...found, onWiden } }
  }, [isAdmin, isChosen, isChosenInShown, metric, onNarrow, onRecords, series, title, widget])
}
