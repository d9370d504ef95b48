import { useMemo, useState } from "react"
import type { Details } from "../../presentation/Details.ts"
import { labelsIn } from "../../presentation/inLanguage.ts"
import { numberFormat } from "../../presentation/numberFormat.ts"
import { valueAt } from "../../presentation/tableOf.ts"
import { sentence } from "../api/Problem.ts"
import { useHistory, useOptions, usePerson, useSchedule } from "../api/queries.ts"
import type { Report, ReportHistory } from "../api/wire.ts"
import { Plot } from "../card/Plot.tsx"
import { momentName, scopeName } from "../card/words.ts"
import { mayChange } from "../report/mayChange.ts"
import type { View } from "../report/View.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { Icon } from "../shell/Icon.tsx"
import { localization, t } from "../shell/messages.ts"
import { snapshotAddress } from "../shell/route.ts"
import { ShownSchedule } from "../snapshots/ShownSchedule.tsx"
import { historySeries } from "./historySeries.ts"
import type { HistoryAsked } from "./ShownOverTime.tsx"

interface TableProps {
  readonly history: ReportHistory
  readonly title: string
}

const HistoryTable = ({ history: { meta, points, series, snapshots }, title }: TableProps) => {
  const { full } = numberFormat(meta ?? { unit: "count" }, localization())
  const rows = snapshots.map((snapshot, index) => ({ snapshot, point: points[index] })).toReversed()
  return (
    <div className="history-table" tabIndex={0} role="region" aria-label={t.snapshotsWith({ title })}>
      <table>
        <caption className="hidden">{t.snapshotsWith({ title })}</caption>
        <thead>
          <tr>
            <th scope="col">{t.snapshot()}</th>
            {series.map(({ key, label }) => <th key={key} scope="col" className="number">{label}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ point, snapshot: { createdAt, gap, id } }) => (
            <tr key={id}>
              <th scope="row">
                <a href={snapshotAddress(id)}>{momentName(createdAt)}</a>
              </th>
              {gap === undefined
                ? series.map(({ key }) => (
                  <td key={key} className="number">{full(point === undefined ? null : valueAt(point, key))}</td>
                ))
                : <td className="muted" colSpan={Math.max(1, series.length)}>{t.gapReason(gap)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface ShownProps extends TableProps {
  readonly details: Details
  readonly timeZone: string
}

const History = ({ details, history, timeZone, title }: ShownProps) => {
  const drawn = useMemo(() => historySeries(history, timeZone), [history, timeZone])
  const gaps = history.snapshots.filter(({ gap }) => gap !== undefined).length
  return (
    <>
      {drawn !== undefined && (
        <>
          <div className="history-plot">
            <Plot
              series={drawn}
              chart="line"
              details={details}
              label={t.historyLabel({ title, snapshots: history.snapshots.length - gaps, gaps })}
            />
          </div>
          <p className="muted small">
            {[
              t.onePlace(),
              ...(gaps > 0 ? [t.gapsInLine({ count: gaps })] : []),
              scopeName(drawn.meta),
              ...(history.truncated ? [t.onlyNewestSnapshots()] : [])
            ].join(" ")}
          </p>
        </>
      )}
      <HistoryTable history={history} title={title} />
    </>
  )
}

const ScheduleOffer = ({ onSchedule, reportId }: { readonly reportId: string; readonly onSchedule: () => void }) => {
  const { data } = useSchedule(reportId)
  if (data === undefined) return null
  if (data !== null && data.nextAt !== null) {
    return <p className="muted small">{t.nextSnapshot({ time: momentName(data.nextAt, data.timeZone) })}</p>
  }
  return (
    <div className="banner offer">
      <Icon name="history" />
      <span>
        {data === null
          ? t.notOnSchedule()
          : t.scheduleOver()}
      </span>
      <button type="button" onClick={onSchedule}>{t.freezeOnSchedule()}</button>
    </div>
  )
}

interface OverTimeProps {
  readonly asked: HistoryAsked
  readonly report: Report
  readonly view: View
  readonly onClose: () => void
}

/** Shows the numbers that the snapshots of a report have of one card. */
export const OverTime = ({ asked: { details, metric, title, widget }, onClose, report, view }: OverTimeProps) => {
  const { role, userId } = usePerson()
  const timeZone = useOptions()?.organization.timeZone ?? "UTC"
  const { data, error } = useHistory(report.id, widget.instanceId)
  const history = useMemo(() => {
    const labelOf = labelsIn(metric, widget.groupBy, localization())
    return data && { ...data, series: data.series.map(({ key, label }) => ({ key, label: labelOf(key, label) })) }
  }, [data, metric, widget.groupBy])
  const [isScheduling, setScheduling] = useState(false)
  if (isScheduling) return <ShownSchedule report={report} view={view} onClose={() => setScheduling(false)} />
  return (
    <Dialog title={t.overTimeOf({ title })} size="medium" onClose={onClose}>
      {mayChange(report, userId, role) && <ScheduleOffer reportId={report.id} onSchedule={() => setScheduling(true)} />}
      {data === undefined && error === null && <p className="muted">{t.loadingNow()}</p>}
      {data === undefined && error !== null && <p className="problem" role="alert">{sentence(error)}</p>}
      {data?.snapshots.length === 0 && (
        <p className="muted">
          {t.noPastYet()}
        </p>
      )}
      {history !== undefined && history.snapshots.length > 0 && (
        <History history={history} title={title} details={details} timeZone={timeZone} />
      )}
    </Dialog>
  )
}
