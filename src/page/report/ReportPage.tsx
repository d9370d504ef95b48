import { useCallback, useEffect, useMemo, useState } from "react"
import { isProblem } from "../api/Problem.ts"
import { useCatalog, useLastingError, useOptions, useReport } from "../api/queries.ts"
import type { Report, Timeframe, Versioned, Widget } from "../api/wire.ts"
import { draftOf, withWidgets } from "../builder/Draft.ts"
import { DraftNotice } from "../builder/DraftNotice.tsx"
import { useEditing } from "../builder/Drafts.ts"
import { changed, editingOf, isDesigned, isFirstSave } from "../builder/Editing.ts"
import { EditorKeys } from "../builder/EditorKeys.tsx"
import { ShownWidgetDialog } from "../builder/ShownWidgetDialog.tsx"
import { useBegin, useDuplicate } from "../builder/useBegin.ts"
import { useRemovals, WidgetTools } from "../builder/WidgetTools.tsx"
import { Card } from "../card/Card.tsx"
import { TableCard } from "../card/TableCard.tsx"
import { Grid, Tables } from "../grid/Grid.tsx"
import { useEditableGrid } from "../grid/useEditableGrid.ts"
import { type HistoryAsked, ShownOverTime } from "../history/ShownOverTime.tsx"
import { useRun } from "../live/useRun.ts"
import type { RecordsAsked } from "../records/RecordsAsked.ts"
import { ShownRecords } from "../records/ShownRecords.tsx"
import { t } from "../shell/messages.ts"
import { replaceAddress } from "../shell/route.ts"
import { EmptyReport, NotFound, PageSkeleton } from "../shell/states.tsx"
import { useIsNarrow } from "../shell/useMedia.ts"
import { NewestOfCard, NewestRecords } from "./NewestRecords.tsx"
import { ReportHead } from "./ReportHead.tsx"
import { RunProblem, RunStatus } from "./RunStatus.tsx"
import { useView } from "./useView.ts"
import { ViewBar } from "./ViewBar.tsx"

interface ReportPageProps {
  readonly id: string
  readonly query: URLSearchParams
}

export const newReport = "new"

/** An unsaved report is gone after a reload. */
const NothingYet = () => {
  useEffect(() => replaceAddress("#/new"), [])
  return <PageSkeleton />
}

export const ReportPage = ({ id, query }: ReportPageProps) => {
  const report = useReport(id === newReport ? undefined : id)
  const [editing] = useEditing(id)
  const problem = useLastingError(report)
  const { refetch } = report
  const read = useCallback(async () => {
    const { data, error } = await refetch()
    return isProblem(error, "report_not_found") ? undefined : data
  }, [refetch])
  const isGone = isProblem(report.error, "report_not_found")
  if (editing === undefined && (isGone || report.data === undefined)) {
    if (id === newReport) return <NothingYet />
    if (problem !== null) return <NotFound problem={problem} onRetry={() => report.refetch()} />
    return <PageSkeleton />
  }
  return (
    <LoadedReport
      key={id}
      id={id}
      query={query}
      saved={report.data?.value}
      etag={report.data?.etag ?? undefined}
      onRead={read}
    />
  )
}

interface LoadedReportProps extends ReportPageProps {
  readonly saved: Report | undefined
  readonly etag: string | undefined
  readonly onRead: () => Promise<Versioned<Report> | undefined>
}

const nothing: ReadonlyArray<Widget> = []

const LoadedReport = ({ etag, id, onRead, query, saved }: LoadedReportProps) => {
  const metrics = useCatalog()
  const options = useOptions()
  const isNarrow = useIsNarrow()
  const [editing, setEditing, change] = useEditing(id)
  const [asking, setAsking] = useState<Widget | "add" | undefined>(undefined)
  const ask = (asked: Widget | "add") => isFirstSave(editing) || setAsking(asked)
  const [records, showRecords] = useState<RecordsAsked | undefined>(undefined)
  const [history, showHistory] = useState<HistoryAsked | undefined>(undefined)
  const draft = useMemo(() => editing?.now ?? (saved && draftOf(saved)), [editing, saved])
  const widgets = draft?.layout.widgets ?? nothing
  const isEditing = editing !== undefined
  useRemovals(isEditing ? widgets : nothing)
  const { isChosen, narrow, toggle, request, show, view } = useView(id, query, draft, isEditing)
  const EditableGrid = useEditableGrid(isEditing && !isNarrow)
  const run = useRun(request, !isEditing)
  const showTimeframe = useCallback((timeframe: Timeframe) => show({ ...view, timeframe }), [show, view])

  const arrange = useCallback(
    (next: ReadonlyArray<Widget>) => change((one) => changed(one, withWidgets(one.now, next))),
    [change]
  )
  const begin = useBegin(isNarrow, onRead, setEditing, change)
  const onDuplicate = useDuplicate(saved, begin)

  useEffect(() => {
    document.title = `${draft?.title ?? t.report()} · CRM Reports`
  }, [draft?.title])

  if (draft === undefined) return <PageSkeleton />
  const inTable = { request, onRecords: showRecords }
  const byName = { isChosen, onNarrow: toggle }
  const reading = { run: request, onRecords: showRecords, ...byName, onOverTime: showHistory, onDuplicate }
  const seriesOf = ({ instanceId }: Widget) => run.series.get(instanceId)
  const cardOf = (widget: Widget) => (
    <Card
      widget={widget}
      metric={metrics.get(widget.metricId)}
      series={seriesOf(widget)}
      isStale={run.isPlaceholderData}
      {...(editing === undefined ? reading : {
        tools: (
          <WidgetTools
            widget={widget}
            metric={metrics.get(widget.metricId)}
            editing={editing}
            onChange={setEditing}
            onEdit={() => ask(widget)}
            onUndo={(undo) => change((one) => changed(one, undo(one.now))) || void begin(undo)}
          />
        )
      })}
    />
  )
  const shownOf = (widget: Widget, columns: ReadonlyArray<Widget>) =>
    columns.length > 0 ? <TableCard columns={columns} metrics={metrics} run={run} {...inTable} /> : (
      <>
        {cardOf(widget)}
        {!isEditing && <NewestOfCard run={request} series={seriesOf(widget)} onTimeframe={showTimeframe} />}
      </>
    )
  return (
    <main className="report" id="main">
      <ReportHead
        id={id}
        saved={saved}
        draft={draft}
        editing={editing}
        view={view}
        onEdit={begin}
        onEditing={setEditing}
        onAdd={() => ask("add")}
      />
      <ViewBar
        view={view}
        defaults={draft}
        options={options}
        isEditing={isEditing}
        onChange={show}
        onDefaults={(defaults, kind) => change((one) => changed(one, { ...one.now, ...defaults }, kind))}
      >
        <RunStatus run={run} request={request} isEditing={isEditing} />
      </ViewBar>
      {editing?.design !== undefined && isDesigned(editing) && (
        <DraftNotice
          design={editing.design}
          onClose={() => setEditing({ ...editing, design: undefined })}
        />
      )}
      <RunProblem run={run} />
      {!isEditing && !run.isPlaceholderData && request !== undefined && (
        <NewestRecords run={request} series={run.series} onTimeframe={showTimeframe} />
      )}
      {widgets.length === 0 && <EmptyReport isEditing={isEditing} onAdd={() => ask("add")} />}
      {isEditing && <Tables widgets={widgets} catalog={metrics} run={run} />}
      {EditableGrid !== undefined
        ? <EditableGrid widgets={widgets} onArrange={arrange}>{cardOf}</EditableGrid>
        : <Grid widgets={widgets} series={run.series} isEditing={isEditing} catalog={metrics}>{shownOf}</Grid>}
      <ShownRecords
        asked={records}
        run={request}
        series={run.series}
        onNarrow={narrow}
        onClose={() => showRecords(undefined)}
      />
      <ShownOverTime asked={history} report={saved} view={view} onClose={() => showHistory(undefined)} />
      {editing !== undefined && <EditorKeys editing={editing} onChange={setEditing} />}
      <ShownWidgetDialog
        asked={asking}
        draft={draft}
        onClose={() => setAsking(undefined)}
        onDone={(next, kind) => {
          // A save may have ended editing while the dialog was open.
          setEditing(changed(editing ?? editingOf(draft, etag), next, kind))
          setAsking(undefined)
        }}
      />
    </main>
  )
}
