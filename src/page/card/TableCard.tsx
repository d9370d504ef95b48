import { Suspense, useMemo, useState } from "react"
import { inLanguage } from "../../presentation/inLanguage.ts"
import { isUnfiltered } from "../../presentation/notesOf.ts"
import { columnLabel } from "../../presentation/titleOf.ts"
import type { CatalogEntry, MetricSeries, RunRequest, Widget } from "../api/wire.ts"
import { FullScreenItem } from "../finding/FullScreenItem.tsx"
import { type RecordsAsked, runOf } from "../records/RecordsAsked.ts"
import { Icon } from "../shell/Icon.tsx"
import { LazyDialog, lazyDialog } from "../shell/LazyDialog.tsx"
import { lazyPart } from "../shell/LazyPart.tsx"
import { localization, t } from "../shell/messages.ts"
import { Popover } from "../shell/Popover.tsx"
import { Boundary } from "./Boundary.tsx"
import { CardFiles } from "./CardFiles.tsx"

const HowCounted = lazyDialog(async () => (await import("./HowCounted.tsx")).HowCounted)
const PeopleTable = lazyPart(async () => (await import("./PeopleTable.tsx")).PeopleTable)

export interface TableColumn {
  readonly widget: Widget
  readonly metric: CatalogEntry | undefined
  readonly label: string
  readonly series: MetricSeries | undefined
}

export interface TableCardProps {
  readonly columns: ReadonlyArray<Widget>
  readonly metrics: ReadonlyMap<string, CatalogEntry>
  readonly run: {
    readonly series: ReadonlyMap<string, MetricSeries>
    /** True for the results of an older request. */
    readonly isPlaceholderData?: boolean
  }
  readonly onRecords?: (asked: RecordsAsked) => void
  /** The run of the report, for the files of the table. */
  readonly request?: RunRequest | undefined
}

/** Several rankings as one table, with a row for each person. */
export const TableCard = ({ columns, metrics, onRecords, request, run }: TableCardProps) => {
  const { isPlaceholderData = false, series } = run
  const title = columns[0]?.table ?? ""
  const [asking, ask] = useState<TableColumn | undefined>(undefined)
  const shown = useMemo(() =>
    columns.map((widget): TableColumn => {
      const metric = metrics.get(widget.metricId)
      const found = series.get(widget.instanceId)
      return {
        widget,
        metric,
        label: columnLabel(widget, metric, localization()),
        series: found && inLanguage(found, metric, widget.groupBy, localization())
      }
    }), [columns, metrics, series])
  const skeleton = <div className="plot skeleton" aria-hidden="true" />
  const isLoading = shown.every((column) => column.series === undefined)
  const asked = request && runOf(request, ...columns.map(({ instanceId }) => instanceId))
  const isDimmed = shown.every(({ series }) => series !== undefined && isUnfiltered(series))
  const fallback = (
    <div className="card-fault" role="alert">
      <strong>{t.cannotDraw()}</strong>
      <span>{t.serviceNewer()}</span>
    </div>
  )
  return (
    <section
      className={["card", isPlaceholderData ? "stale" : "", isDimmed ? "unfiltered" : ""].join(" ")}
      role="group"
      aria-label={title}
      aria-busy={isLoading}
    >
      <div className="card-head">
        <h2 title={title}>{title}</h2>
        <div className="card-tools">
          <Popover label={<Icon name="dots" />} name={t.moreFor({ title })} className="quiet square" align="end" isMenu>
            <h2>{t.howThisIsCounted()}</h2>
            {shown.map((column) => (
              <button key={column.widget.instanceId} type="button" onClick={() => ask(column)}>
                <Icon name="info" />
                {column.label}
              </button>
            ))}
            {asked !== undefined && !isLoading && (
              <CardFiles
                title={title}
                run={{ ...asked, widgets: asked.widgets.map((one) => ({ ...one, table: title })) }}
              />
            )}
            <hr />
            <FullScreenItem />
          </Popover>
        </div>
      </div>
      <Boundary of={series} fallback={fallback}>
        {isLoading
          ? skeleton
          : (
            <Suspense fallback={skeleton}>
              <PeopleTable title={title} columns={shown} onRecords={onRecords} />
            </Suspense>
          )}
      </Boundary>
      {asking !== undefined && (
        <LazyDialog of={asking} problem={t.cannotBeShown()} onClose={() => ask(undefined)}>
          <HowCounted
            title={asking.label}
            metric={asking.metric}
            metricId={asking.widget.metricId}
            series={asking.series}
            onClose={() => ask(undefined)}
          />
        </LazyDialog>
      )}
    </section>
  )
}
