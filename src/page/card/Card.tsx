import { memo, type ReactNode, useCallback, useMemo, useState } from "react"
import type { Details } from "../../presentation/Details.ts"
import { headNotes, isUnfiltered, notesOf } from "../../presentation/notesOf.ts"
import { sentenceOf } from "../../presentation/sentenceOf.ts"
import { stateOf } from "../../presentation/stateOf.ts"
import { titleOf } from "../../presentation/titleOf.ts"
import { useIsReadable, usePerson } from "../api/queries.ts"
import type { CatalogEntry, MetricSeries, RunRequest, Widget } from "../api/wire.ts"
import type { Narrowing } from "../choosing/narrowing.ts"
import { hasNoPast, type HistoryAsked } from "../history/ShownOverTime.tsx"
import { wholePoint } from "../records/Point.ts"
import { type RecordsAsked, runOf } from "../records/RecordsAsked.ts"
import { Icon } from "../shell/Icon.tsx"
import { LazyDialog, lazyDialog } from "../shell/LazyDialog.tsx"
import { localization, t } from "../shell/messages.ts"
import { weightsAddress } from "../shell/route.ts"
import { Boundary } from "./Boundary.tsx"
import { CardMenu } from "./CardMenu.tsx"
import { Plot } from "./Plot.tsx"
import { SeriesTable } from "./SeriesTable.tsx"
import { useDetails, useInLanguage } from "./useInLanguage.ts"
import { type Points, usePoints } from "./usePoints.ts"
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
  readonly isChosen?: (narrowing: Narrowing) => boolean
  /** The run of the report, for the files of the card. */
  readonly run?: RunRequest | undefined
  /** Is present for those who may edit the report. */
  readonly onDuplicate?: ((widget: Widget) => void) | undefined
}

const HowCounted = lazyDialog(async () => (await import("./HowCounted.tsx")).HowCounted)

interface BodyProps {
  /** Is shown with a fault. */
  readonly children: ReactNode
  readonly chart: string
  readonly details: Details
  readonly isTable: boolean
  readonly series: MetricSeries | undefined
  readonly title: string
  readonly points: Points
  readonly onTable: () => void
}

const Body = ({ chart, children, details, isTable, onTable, points, series, title }: BodyProps) => {
  const label = useMemo(() => series === undefined ? "" : sentenceOf(series, title, localization()), [series, title])
  const isReadable = useIsReadable()
  if (series === undefined || !isReadable) return <div className="plot skeleton" aria-hidden="true" />
  if (series.error !== undefined) {
    return (
      <div className="card-fault" role="alert">
        <strong>{t.noAnswer()}</strong>
        <span>{localization().t.fault(series.error)}</span>
        {children}
      </div>
    )
  }
  if (isTable && stateOf(series, localization()).kind === "filled") {
    return (
      <div className="card-table" tabIndex={0} role="region" aria-label={t.tableOf({ title })}>
        <SeriesTable series={series} title={title} onPoint={points.onPoint} />
      </div>
    )
  }
  return (
    <Plot
      series={series}
      chart={isChart(chart) ? chart : "bar"}
      details={details}
      label={label}
      onRest={onTable}
      {...points}
    />
  )
}

const Content = memo(
  (
    { isStale = false, metric, onDuplicate, onOverTime, onRecords, run, series: counted, tools, widget, ...byName }:
      CardProps
  ) => {
    const [isTable, setTable] = useState(false)
    const [isAsking, setAsking] = useState(false)
    const title = titleOf(widget, metric, localization())
    const series = useInLanguage(counted, metric, widget.groupBy)
    const details = useDetails(metric, widget.groupBy)
    const isAdmin = usePerson().role === "admin"
    const points = usePoints({ widget, metric, series, isStale, title, onRecords, ...byName })
    const { onPoint } = points
    const asked = useMemo(() => run && runOf(run, widget.instanceId), [run, widget])
    const showTable = useCallback(() => setTable(true), [])
    const [notes, inHead] = series ? [notesOf(series, localization()), headNotes(series, localization())] : [[], []]
    return (
      <section
        className={[
          "card",
          isStale ? "stale" : "",
          series?.isOld ? "old" : "",
          series && isUnfiltered(series) ? "unfiltered" : "",
          inHead.length > 1 ? "noted" : "",
          series?.shape === "stat" && widget.chart !== "radial" && !isTable ? "stat" : ""
        ].join(" ")}
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
              <span>{inHead.join(" · ")}</span>
            </button>
          )}
          <div className="card-tools">
            {tools ?? (
              <CardMenu
                title={title}
                isTable={isTable}
                run={series === undefined || series.error !== undefined ? undefined : asked}
                onDuplicate={onDuplicate && (() => onDuplicate(widget))}
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
          points={points}
          onTable={showTable}
        >
          {series?.error?.code === "weights_missing" && isAdmin && onRecords !== undefined && (
            <a className="button" href={weightsAddress}>{t.setWeights()}</a>
          )}
        </Body>
        {isAsking && (
          <LazyDialog of={widget} problem={t.cannotBeShown()} onClose={() => setAsking(false)}>
            <HowCounted
              title={title}
              metric={metric}
              metricId={widget.metricId}
              series={series}
              onClose={() => setAsking(false)}
            />
          </LazyDialog>
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
