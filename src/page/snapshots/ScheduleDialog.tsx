import { useState } from "react"
import { sentence } from "../api/Problem.ts"
import { useClient, useOptions, usePerson, useRefresh, useSchedule } from "../api/queries.ts"
import type { FreezeSchedule, Report } from "../api/wire.ts"
import { filtersName, momentName, timeframeName } from "../card/words.ts"
import { peopleName } from "../choosing/PeopleChooser.tsx"
import { scheduleRequestOf, shownOf, type View, viewRequestOf } from "../report/View.ts"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { Dialog } from "../shell/Dialog.tsx"
import { t } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"

interface ScheduleDialogProps {
  readonly report: Report
  readonly view: View
  readonly onClose: () => void
}

const periodNames = () => [["day", t.everyDay()], ["week", t.everyWeek()], ["month", t.everyMonth()]] as const

const State = ({ schedule: { ended, missedAt, nextAt } }: { readonly schedule: FreezeSchedule }) => (
  <>
    {ended !== null && <p className="problem" role="alert">{t.scheduleEnded({ reason: ended.message })}</p>}
    {nextAt !== null && <p>{t.nextSnapshot({ time: momentName(nextAt) })}</p>}
    {missedAt !== null && <p className="muted">{t.noSnapshotOf({ time: momentName(missedAt) })}</p>}
  </>
)

const ScheduleForm = (
  { onClose, report, schedule, view }: ScheduleDialogProps & { readonly schedule: FreezeSchedule | null }
) => {
  const { api } = useClient()
  const person = usePerson()
  const options = useOptions()
  const refresh = useRefresh()
  const { say, warn } = useSaying()
  const [every, setEvery] = useState(schedule?.every ?? "week")
  const [at, setAt] = useState(schedule?.at ?? "07:00")
  const { filters, people, timeframe } = shownOf(view, report)
  const whose = person.role === "admin" ? peopleName(people, options?.people ?? []) : t.yourOwnNumbers()
  const filtered = filtersName(filters)
  const timeZone = schedule?.timeZone ?? options?.organization.timeZone
  const done = async (text: string) => {
    await refresh.schedule(report.id)
    onClose()
    say(text)
  }
  const set = async () => {
    await api.setSchedule(
      report.id,
      scheduleRequestOf({ every, at }, schedule, viewRequestOf(view, report, person.role))
    )
    await done(t.nowOnSchedule())
  }
  const remove = async () => {
    try {
      await api.removeSchedule(report.id)
      await done(t.scheduleDeleted())
    } catch (error) {
      warn(sentence(error))
    }
  }
  return (
    <ActionDialog
      title={t.freezeOnSchedule()}
      action={t.setSchedule()}
      isDanger={false}
      isReady={at !== ""}
      onClose={onClose}
      onAction={set}
    >
      {schedule === null
        ? (
          <p className="muted">
            {t.eachTimeSnapshot()}
          </p>
        )
        : <State schedule={schedule} />}
      <div className="fields">
        <label htmlFor="schedule-every">{t.howOften()}</label>
        <select
          id="schedule-every"
          data-focus
          value={every}
          onChange={({ target }) => setEvery(periodNames().find(([period]) => period === target.value)?.[0] ?? every)}
        >
          {periodNames().map(([period, name]) => <option key={period} value={period}>{name}</option>)}
        </select>
        <label htmlFor="schedule-at">{timeZone === undefined ? t.timeOfDay() : t.timeIn({ timeZone })}</label>
        <input id="schedule-at" type="time" value={at} onChange={({ target }) => setAt(target.value)} />
      </div>
      <dl className="facts">
        <dt>{t.time()}</dt>
        <dd>{timeframeName(timeframe)}</dd>
        <dt>{t.whoseRecords()}</dt>
        <dd>{whose}</dd>
        {filtered !== "" && (
          <>
            <dt>{t.filters()}</dt>
            <dd>{filtered}</dd>
          </>
        )}
      </dl>
      {schedule !== null && (
        <button type="button" className="danger" onClick={remove}>
          {t.deleteSchedule()}
        </button>
      )}
    </ActionDialog>
  )
}

/** Shows the schedule of a report to those who may change the report. */
export const ScheduleDialog = (props: ScheduleDialogProps) => {
  const { data, error } = useSchedule(props.report.id)
  if (data !== undefined) return <ScheduleForm {...props} schedule={data} />
  return (
    <Dialog title={t.freezeOnSchedule()} onClose={props.onClose}>
      {error === null
        ? <p className="muted">{t.loadingNow()}</p>
        : <p className="problem" role="alert">{sentence(error)}</p>}
    </Dialog>
  )
}
