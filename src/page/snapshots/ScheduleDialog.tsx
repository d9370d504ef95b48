import { useState } from "react"
import { sentence } from "../api/Problem.ts"
import { useClient, usePerson, useRefresh, useSchedule } from "../api/queries.ts"
import type { FreezeSchedule, Report } from "../api/wire.ts"
import { momentName } from "../card/words.ts"
import { scheduleRequestOf, type View, viewRequestOf } from "../report/View.ts"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { Dialog } from "../shell/Dialog.tsx"
import { t } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { usePending } from "../shell/usePending.ts"
import { useProblem } from "../shell/useProblem.ts"
import { type Times, TimesFields, ViewFacts } from "./ScheduleFields.tsx"

interface ScheduleDialogProps {
  readonly report: Report
  readonly view: View
  readonly onClose: () => void
}

const State = ({ schedule: { ended, missedAt, nextAt, timeZone } }: { readonly schedule: FreezeSchedule }) => (
  <>
    {ended !== null && <p className="problem" role="alert">{t.scheduleEnded({ reason: t.endedReason(ended) })}</p>}
    {nextAt !== null && <p>{t.nextSnapshot({ time: momentName(nextAt, timeZone) })}</p>}
    {missedAt !== null && <p className="muted">{t.noSnapshotOf({ time: momentName(missedAt, timeZone) })}</p>}
  </>
)

interface ScheduleFormProps extends ScheduleDialogProps {
  readonly schedule: FreezeSchedule | null
  /** Says why the newest schedule could not be read. */
  readonly error: Error | null
}

const ScheduleForm = ({ error, onClose, report, schedule, view }: ScheduleFormProps) => {
  const { api } = useClient()
  const person = usePerson()
  const refresh = useRefresh()
  const { say } = useSaying()
  const [problem, tellProblem, isShown] = useProblem()
  const { run } = usePending()
  const [chosen, choose] = useState<Partial<Times>>({})
  // A schedule of the cache is shown until the newest one is read.
  const times: Times = { every: "week", at: "07:00", ...schedule, ...chosen }
  const done = async (text: string) => {
    await refresh.schedule(report.id)
    if (isShown.current) onClose()
    say(text)
  }
  const set = async () => {
    tellProblem(undefined)
    await api.setSchedule(
      report.id,
      scheduleRequestOf({ every: times.every, at: times.at }, schedule, viewRequestOf(view, report, person.role))
    )
    await done(t.nowOnSchedule())
  }
  const remove = async () => {
    tellProblem(undefined)
    try {
      await api.removeSchedule(report.id)
      await done(t.scheduleDeleted())
    } catch (error) {
      tellProblem(sentence(error))
    }
  }
  return (
    <ActionDialog
      title={t.freezeOnSchedule()}
      action={t.setSchedule()}
      isDanger={false}
      isReady={times.at !== ""}
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
      {error !== null && <p className="problem" role="alert">{sentence(error)}</p>}
      <div className="fields">
        <TimesFields
          value={times}
          timeZone={schedule?.timeZone}
          onChange={(changed) => choose({ ...chosen, ...changed })}
        />
      </div>
      <ViewFacts report={report} view={view} own={t.yourOwnNumbers()} />
      {schedule !== null && (
        <button type="button" className="danger" onClick={() => void run(remove)}>
          {t.deleteSchedule()}
        </button>
      )}
      {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
    </ActionDialog>
  )
}

/** Shows the schedule of a report to those who may change the report. */
export const ScheduleDialog = (props: ScheduleDialogProps) => {
  const { data, error } = useSchedule(props.report.id)
  if (data !== undefined) return <ScheduleForm {...props} schedule={data} error={error} />
  return (
    <Dialog title={t.freezeOnSchedule()} onClose={props.onClose}>
      {error === null
        ? <p className="muted">{t.loadingNow()}</p>
        : <p className="problem" role="alert">{sentence(error)}</p>}
    </Dialog>
  )
}
