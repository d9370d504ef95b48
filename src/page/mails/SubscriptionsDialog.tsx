import { useState } from "react"
import { sentence } from "../api/Problem.ts"
import { useCatalog, useClient, useReaders, useRefresh } from "../api/queries.ts"
import type { Report, Subscription } from "../api/wire.ts"
import { momentName } from "../card/words.ts"
import type { View } from "../report/View.ts"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { Dialog } from "../shell/Dialog.tsx"
import { t } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { usePending } from "../shell/usePending.ts"
import { useProblem } from "../shell/useProblem.ts"
import { alertName, kindName, timesName } from "./names.ts"
import { type Recipient, RecipientRow, resultOf } from "./RecipientRow.tsx"
import { idsIn } from "./subscriptionChange.ts"
import { SubscriptionForm } from "./SubscriptionForm.tsx"
import { useSubscriptions } from "./useSubscriptions.ts"

interface SubscriptionsDialogProps {
  readonly report: Report
  readonly view: View
  /** Shows the form of a new subscription instead, unless the caller has a subscription of the report. */
  readonly isNew: boolean
  readonly onClose: () => void
}

interface RowProps {
  readonly report: Report
  readonly subscription: Subscription
  readonly onChange: () => void
  readonly onDelete: () => void
}

const Row = ({ onChange, onDelete, report, subscription }: RowProps) => {
  const metrics = useCatalog()
  const { api, person } = useClient()
  const refresh = useRefresh()
  const readers = useReaders().data?.results
  const { say } = useSaying()
  const [problem, tellProblem] = useProblem()
  const { channel, createdBy, host, id, lastTest, nextAt, pauseReason, paused, reportId, timeZone, to, when } =
    subscription
  const isMail = channel === "email"
  const isChangeable = isMail || createdBy === person.userId
  const name = timesName(subscription)
  const tested = host === null ? t.mailsTested() : t.mailsTestedThere({ host })
  const { run } = usePending()
  const act = (work: () => Promise<unknown>, text: string) => () =>
    run(async () => {
      tellProblem(undefined)
      try {
        await work()
        await refresh.subscriptions(reportId)
        say(text)
      } catch (error) {
        tellProblem(sentence(error))
      }
    })
  const nameOf = ({ userId }: Recipient) => {
    const known = readers?.find((one) => one.id === userId)?.name ?? userId
    return isMail ? known : t.mailsNumbersOf({ name: known })
  }
  const restart = ({ endedAt, pausedAt, userId }: Recipient) => {
    if (!isMail) {
      const isStopped = isChangeable && pausedAt !== null
      return isStopped ? act(() => api.updateSubscription(id, { paused: false }), t.mailsChanged()) : undefined
    }
    const mayRestart = endedAt === null ? pausedAt !== null : userId === person.userId
    const ids = [...new Set([...idsIn(to, person.userId), userId])]
    return mayRestart ? act(() => api.updateSubscription(id, { to: ids }), t.mailsChanged()) : undefined
  }
  return (
    <li>
      <div className="row-text">
        <h3>{name}</h3>
        <span className="muted">
          {kindName(subscription)} · {paused ? t.mailsPaused() : t.mailsNext({ time: momentName(nextAt, timeZone) })}
        </span>
        {when !== null && <span className="muted">{alertName(when, report, metrics)}</span>}
        {pauseReason !== null && <span className="problem">{t.mailsWidgetRemoved()}</span>}
        <span className="muted" role="status">
          {lastTest !== null && t.mailsTestResult({ result: resultOf(lastTest, timeZone) })}
        </span>
        {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
      </div>
      <div className="row-actions" role="group" aria-label={name}>
        <button type="button" onClick={act(() => api.testSubscription(id), tested)}>
          {host === null ? t.mailsTest() : t.mailsTestThere()}
        </button>
        {isChangeable && (
          <>
            <button
              type="button"
              onClick={act(
                () => api.updateSubscription(id, { paused: !paused }),
                paused ? t.mailsResumed() : t.mailsHeld()
              )}
            >
              {paused ? t.mailsResume() : t.mailsPause()}
            </button>
            <button type="button" onClick={onChange}>{t.mailsChange()}</button>
          </>
        )}
        <button type="button" className="danger" onClick={onDelete}>{t.delete()}</button>
      </div>
      <ul className="rows" aria-label={t.mailsRecipients({ name })}>
        {to.map((recipient) => (
          <RecipientRow
            key={recipient.userId}
            recipient={recipient}
            name={nameOf(recipient)}
            timeZone={timeZone}
            onRestart={restart(recipient)}
          />
        ))}
      </ul>
    </li>
  )
}

/** Lists the subscriptions of a report that the caller may change. */
export const SubscriptionsDialog = ({ isNew, onClose, report, view }: SubscriptionsDialogProps) => {
  const { api, person } = useClient()
  const refresh = useRefresh()
  const { say } = useSaying()
  const { data, error } = useSubscriptions(report.id)
  const [form, setForm] = useState<{ readonly of: Subscription | undefined; readonly isAlone?: boolean }>()
  const [isUndecided, setUndecided] = useState(isNew)
  if (isUndecided && data !== undefined) {
    setUndecided(false)
    if (data.results.every(({ createdBy }) => createdBy !== person.userId)) setForm({ of: undefined, isAlone: true })
  }
  const [deleted, askToDelete] = useState<Subscription>()
  const remove = async ({ id }: Subscription, signal: AbortSignal) => {
    await api.removeSubscription(id)
    await refresh.subscriptions(report.id)
    if (!signal.aborted) askToDelete(undefined)
    say(t.mailsDeleted())
  }
  if (isUndecided && error === null) return null
  if (form?.isAlone) return <SubscriptionForm report={report} view={view} subscription={form.of} onClose={onClose} />
  return (
    <>
      <Dialog
        title={t.mailsTitle({ title: report.title })}
        size="medium"
        onClose={onClose}
        footer={
          <button type="button" className="primary" onClick={() => setForm({ of: undefined })}>{t.mailsNew()}</button>
        }
      >
        {error !== null && <p className="problem" role="alert">{sentence(error)}</p>}
        {data === undefined && error === null && <p className="muted">{t.loadingNow()}</p>}
        {data?.results.length === 0 && <p className="muted">{t.mailsNoneYet()}</p>}
        <ul className="rows">
          {data?.results.map((subscription) => (
            <Row
              key={subscription.id}
              report={report}
              subscription={subscription}
              onChange={() => setForm({ of: subscription })}
              onDelete={() => askToDelete(subscription)}
            />
          ))}
        </ul>
      </Dialog>
      {form !== undefined && (
        <SubscriptionForm
          report={report}
          view={view}
          subscription={data?.results.find(({ id }) => id === form.of?.id) ?? form.of}
          onClose={() => setForm(undefined)}
        />
      )}
      {deleted !== undefined && (
        <ActionDialog
          title={t.mailsDeleteQuestion()}
          action={t.delete()}
          onClose={() => askToDelete(undefined)}
          onAction={(signal) => remove(deleted, signal)}
        >
          <p>{t.mailsDeletes({ name: timesName(deleted) })}</p>
        </ActionDialog>
      )}
    </>
  )
}
