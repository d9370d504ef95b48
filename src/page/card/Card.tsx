import { memo, type ReactNode, useCallback, useMemo, useState } from "react"
import type { Details } from "../../presentation/Details.ts"
import { detailsOf } from "../../presentation/detailsOf.ts"
import { notesOf } from "../../presentation/notesOf.ts"
import { sentenceOf } from "../../presentation/sentenceOf.ts"
import { stateOf } from "../../presentation/stateOf.ts"
import { titleOf } from "../../presentation/titleOf.ts"
import { useOptions, usePerson } from "../api/queries.ts"
import type { CatalogEntry, MetricSeries, Options, Widget } from "../api/wire.ts"
import { type Narrowing, narrowingOf } from "../choosing/narrowing.ts"
import { hasNoPast, type HistoryAsked } from "../history/ShownOverTime.tsx"
import { type Point, wholePoint } from "../records/Point.ts"
import type { RecordsAsked } from "../records/RecordsAsked.ts"
import { Icon } from "../shell/Icon.tsx"
import { localization, t } from "../shell/messages.ts"
import { weightsAddress } from "../shell/route.ts"
import { Boundary } from "./Boundary.tsx"
import { CardTools } from "./CardTools.tsx"
import { HowCounted } from "./HowCounted.tsx"
import { Plot } from "./Plot.tsx"
import { SeriesTable } from "./SeriesTable.tsx"
import { useInLanguage } from "./useInLanguage.ts"
import { isChart } from "./words.ts"

interface CardProps {
  readonly widget: Widget
  readonly metric: CatalogEntry | undefined
  readonly series: MetricSeries | undefined
  /** `isStale` is true for the result of an older request. */
  readonly isStale?: boolean
  readonly tools?: ReactNode
  readonly onRecords?: (asked: RecordsAsked) => void
  readonly onOverTime?: ((asked: HistoryAsked) => void) | undefined
  readonly onNarrow?: (narrowing: Narrowing) => void
}

const noTags: Options["tags"] = []

interface BodyProps {
  /** Is shown with a fault. */
  readonly children: ReactNode
  readonly chart: string
  readonly details: Details
  readonly isTable: boolean
  readonly series: MetricSeries | undefined
  readonly title: string
  readonly onPoint: ((point: Point) => void) | undefined
  readonly onLegend: ((point: Point) => void) | undefined
  readonly onTable: () => void
}

const Body = ({ chart, children, details, isTable, onLegend, onPoint, onTable, series, title }: BodyProps) => {
  const label = useMemo(() => series === undefined ? "" : sentenceOf(series, title, localization()), [series, title])
  if (series === undefined) return <div className="plot skeleton" aria-hidden="true" />
  if (series.error !== undefined) {
    return (
      <div className="card-fault" role="alert">
        <strong>{t.noAnswer()}</strong>
        <span>{series.error.message}</span>
        {children}
      </div>
    )
  }
  if (isTable && stateOf(series, localization()).kind === "filled") {
    return (
      <div className="card-table" tabIndex={0} role="region" aria-label={t.tableOf({ title })}>
        <SeriesTable series={series} title={title} onPoint={onPoint} />
      </div>
    )
  }
  return (
    <Plot
      series={series}
      chart={isChart(chart) ? chart : "bar"}
      details={details}
      label={label}
      onLegend={onLegend}
      onPoint={onPoint}
      onRest={onTable}
    />
  )
}

const Content = memo(
  ({ isStale = false, metric, onNarrow, onOverTime, onRecords, series: counted, tools, widget }: CardProps) => {
    const [isTable, setTable] = useState(false)
    const [isAsking, setAsking] = useState(false)
    const title = titleOf(widget, metric, localization())
    const { groupBy } = widget
    const series = useInLanguage(counted, metric, groupBy)
    const tags = useOptions()?.tags ?? noTags
    const details = useMemo(
      () => ({ ...(metric && detailsOf(metric, groupBy, tags)), localization: localization() }),
      [groupBy, metric, tags]
    )
    const isAdmin = usePerson().role === "admin"
    const { onLegend, onPoint } = useMemo(() => {
      if (onRecords === undefined || series === undefined || stateOf(series, localization()).kind !== "filled") {
        return {}
      }
      const narrowingAt = ({ at }: Point) =>
        metric === undefined ? undefined : narrowingOf(series, at, metric, groupBy, isAdmin)
      const records = (point: Point) => onRecords({ widget, title, series, point, narrowing: narrowingAt(point) })
      const legend = (point: Point) => {
        const narrowing = narrowingAt(point)
        if (narrowing === undefined) records(point)
        else onNarrow?.(narrowing)
      }
      return { onPoint: records, onLegend: legend }
    }, [groupBy, isAdmin, metric, onNarrow, onRecords, series, title, widget])
    const showTable = useCallback(() => setTable(true), [])
    const notes = series === undefined ? [] : notesOf(series, localization())
    const { applied = {}, ignored = [] } = series?.meta.filters ?? {}
    const isUnfiltered = ignored.length > 0 && Object.keys(applied).length === 0
    return (
      <section
        className={["card", isStale ? "stale" : "", isUnfiltered ? "unfiltered" : ""].join(" ")}
        role="group"
        aria-label={title}
        aria-busy={series === undefined}
      >
        <div className="card-head">
          <h2 title={title}>{title}</h2>
          {notes.length > 0 && (
            <button
              type="button"
              className="card-note"
              title={notes.join("\n")}
              onClick={() => setAsking(true)}
            >
              <Icon name="info" />
              <span>{notes[0]}</span>
            </button>
          )}
          <div className="card-tools">
            {tools ?? (
              <CardTools
                title={title}
                isTable={isTable}
                onExplain={() => setAsking(true)}
                onTable={() => setTable(!isTable)}
                onOverTime={onOverTime === undefined || !hasNoPast(metric)
                  ? undefined
                  : () => onOverTime({ widget, metric, title, details })}
                onRecords={series === undefined || onPoint === undefined
                  ? undefined
                  : () => onPoint(wholePoint(series))}
              />
            )}
          </div>
        </div>
        <Body
          chart={widget.chart}
          details={details}
          isTable={isTable}
          series={series}
          title={title}
          onLegend={onLegend}
          onPoint={onPoint}
          onTable={showTable}
        >
          {series?.error?.code === "weights_missing" && isAdmin && onRecords !== undefined && (
            <a className="button" href={weightsAddress}>{t.setWeights()}</a>
          )}
        </Body>
        {isAsking && (
          <HowCounted
            title={title}
            metric={metric}
            metricId={widget.metricId}
            series={series}
            onClose={() => setAsking(false)}
          />
        )}
      </section>
    )
  }
)
Content.displayName = "Content"

export const Card = (props: CardProps) => {
  const title = titleOf(props.widget, props.metric, localization())
  const fallback = (
    <section className="card" role="group" aria-label={title}>
      <div className="card-head">
        <h2 title={title}>{title}</h2>
        <div className="card-tools">{props.tools}</div>
      </div>
      <div className="card-fault" role="alert">
        <strong>{t.cannotDraw()}</strong>
        <span>{t.serviceNewer()}</span>
      </div>
    </section>
  )
  return (
    <Boundary of={props.series} fallback={fallback}>
      <Content {...props} />
    </Boundary>
  )
}
