import { useId, useState } from "react"
import { useClient, usePerson, useRefresh } from "../api/queries.ts"
import type { Report, Subscription } from "../api/wire.ts"
import { type View, viewFrom, viewRequestOf } from "../report/View.ts"
import { ReadersField } from "../sharing/ReadersField.tsx"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { t } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { type Times, TimesFields, ViewFacts } from "../snapshots/ScheduleFields.tsx"
import { changeOf, idsIn } from "./subscriptionChange.ts"

interface SubscriptionFormProps {
  readonly report: Report
  readonly view: View
  /** Undefined makes a new subscription. */
  readonly subscription: Subscription | undefined
  readonly onClose: () => void
}

type Format = Subscription["format"]

export const formatNames = (): ReadonlyArray<readonly [format: Format, name: string]> => [
  ["pdf", "PDF"],
  ["xlsx", "XLSX"],
  ["csv", "CSV"],
  ["link", t.mailsNoFile()]
]

/** The service refuses more. */
const maxRecipients = 100

/** Makes or changes a subscription. A change keeps the stored view, unless the view of the page is chosen. */
export const SubscriptionForm = ({ onClose, report, subscription, view }: SubscriptionFormProps) => {
  const id = useId()
  const { api } = useClient()
  const { role, userId } = usePerson()
  const refresh = useRefresh()
  const { say } = useSaying()
  const [times, setTimes] = useState<Times>(subscription ?? { every: "week", at: "07:00" })
  const [format, setFormat] = useState<Format>(subscription?.format ?? "pdf")
  const before = subscription === undefined ? [userId] : idsIn(subscription.to, userId)
  const [to, setTo] = useState(before)
  const [isViewTaken, takeView] = useState(subscription === undefined)
  const shown = isViewTaken || subscription === undefined ? view : viewFrom(subscription.view)
  const store = async () => {
    const chosen = { every: times.every, at: times.at, format, to }
    const taken = viewRequestOf(view, report, role)
    await (subscription === undefined
      ? api.subscribe(report.id, { ...chosen, channel: "email", view: taken })
      : api.updateSubscription(
        subscription.id,
        changeOf(before, { ...chosen, view: isViewTaken ? taken : undefined })
      ))
    await refresh.subscriptions(report.id)
    onClose()
    say(subscription === undefined ? t.mailsMade() : t.mailsChanged())
  }
  return (
    <ActionDialog
      title={subscription === undefined ? t.mailsNew() : t.mailsChange()}
      action={t.save()}
      acting={t.saving()}
      isDanger={false}
      isReady={times.at !== "" && to.length > 0}
      onClose={onClose}
      onAction={store}
    >
      <p className="muted">{t.mailsExplained()}</p>
      <div className="fields">
        <TimesFields value={times} timeZone={subscription?.timeZone} onChange={setTimes} />
        <label htmlFor={id}>{t.mailsFile()}</label>
        <select
          id={id}
          value={format}
          onChange={({ target }) => setFormat(formatNames().find(([one]) => one === target.value)?.[0] ?? format)}
        >
          {formatNames().map(([one, name]) => <option key={one} value={one}>{name}</option>)}
        </select>
      </div>
      <ReadersField value={to} most={maxRecipients} onChange={setTo} />
      <ViewFacts report={report} view={shown} own={t.mailsOwn()} />
      {subscription !== undefined && (
        <label className="check">
          <input type="checkbox" checked={isViewTaken} onChange={({ target }) => takeView(target.checked)} />
          <span>{t.mailsTakeView()}</span>
        </label>
      )}
    </ActionDialog>
  )
}
