import { useId, useState } from "react"
import { idempotencyKeys } from "../api/idempotencyKeys.ts"
import { useClient, usePerson, useRefresh } from "../api/queries.ts"
import type { Report, Subscription } from "../api/wire.ts"
import { type View, viewFrom, viewRequestOf } from "../report/View.ts"
import { ReadersField } from "../sharing/ReadersField.tsx"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { locale, t } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { TimesFields, ViewFacts } from "../snapshots/ScheduleFields.tsx"
import { chosenAlertOf, isComplete } from "./alertChange.ts"
import { AlertFields } from "./AlertFields.tsx"
import { Choice } from "./Choice.tsx"
import { channelNames, formatNames, localeNames } from "./names.ts"
import { SecretDialog } from "./SecretDialog.tsx"
import { changeOf, type Chosen, creationOf, idsIn } from "./subscriptionChange.ts"

interface SubscriptionFormProps {
  readonly report: Report
  readonly view: View
  /** Undefined makes a new subscription. */
  readonly subscription: Subscription | undefined
  readonly onClose: () => void
}

/** The service refuses more. */
const maxRecipients = 100

/** Makes or changes a subscription. A change keeps the stored view, unless the view of the page is chosen. */
export const SubscriptionForm = ({ onClose, report, subscription, view }: SubscriptionFormProps) => {
  const id = useId()
  const { api } = useClient()
  const { role, userId } = usePerson()
  const refresh = useRefresh()
  const { say } = useSaying()
  const before = subscription === undefined ? [userId] : idsIn(subscription.to, userId)
  const { at = "07:00", channel = "email", every = "week", format = "pdf", host = null } = subscription ?? {}
  const alert = subscription?.when ? chosenAlertOf(subscription.when) : undefined
  const [choices, setChoices] = useState<Partial<Chosen>>({})
  // A newer version of the subscription changes only what the person has not chosen.
  const chosen: Chosen = {
    alert,
    at,
    channel,
    every,
    format,
    locale: subscription?.locale ?? locale(),
    to: before,
    url: "",
    ...choices
  }
  const choose = (more: Partial<Chosen>) => setChoices({ ...choices, ...more })
  const [isViewTaken, takeView] = useState(subscription === undefined)
  const [keys] = useState(idempotencyKeys)
  const [secret, showSecret] = useState<string | null>(null)
  const isMail = chosen.channel === "email"
  const isAddressed = isMail ? chosen.to.length > 0 : chosen.url !== "" || host !== null
  const isReady = chosen.at !== "" && isAddressed && (chosen.alert === undefined || isComplete(chosen.alert))
  const store = async (signal: AbortSignal) => {
    const taken = viewRequestOf(view, report, role)
    if (subscription !== undefined) {
      await api.updateSubscription(
        subscription.id,
        changeOf({ alert, to: before }, chosen, isViewTaken ? taken : undefined)
      )
      await refresh.subscriptions(report.id)
      if (!signal.aborted) onClose()
      return say(t.mailsChanged())
    }
    const made = await api.subscribe(report.id, creationOf(chosen, taken), keys)
    await refresh.subscriptions(report.id)
    say(t.mailsMade())
    if (made.secret === null) return onClose()
    showSecret(made.secret)
  }
  if (secret !== null) return <SecretDialog secret={secret} onClose={onClose} />
  return (
    <ActionDialog
      title={subscription === undefined ? t.mailsNew() : t.mailsChange()}
      action={t.save()}
      acting={t.saving()}
      isDanger={false}
      isReady={isReady}
      // The secret of a new webhook is shown once.
      isBlocking={subscription === undefined}
      onClose={onClose}
      onAction={store}
    >
      <h3>{t.mailsView()}</h3>
      <ViewFacts
        report={report}
        view={isViewTaken || subscription === undefined ? view : viewFrom(subscription.view)}
        own={isMail ? t.mailsOwn() : t.yourOwnNumbers()}
      />
      {subscription !== undefined && (
        <label className="check">
          <input type="checkbox" checked={isViewTaken} onChange={({ target }) => takeView(target.checked)} />
          <span>{t.mailsTakeView()}</span>
        </label>
      )}
      <div className="fields">
        <TimesFields
          value={chosen}
          timeZone={subscription?.timeZone}
          weekStart={subscription?.weekStart}
          onChange={choose}
        />
        {subscription === undefined && (
          <Choice
            label={t.mailsChannel()}
            value={chosen.channel}
            names={channelNames()}
            onChange={(one) => choose({ channel: one })}
          />
        )}
        {isMail
          ? (
            <Choice
              label={t.mailsFile()}
              value={chosen.format}
              names={formatNames()}
              onChange={(one) => choose({ format: one })}
            />
          )
          : (
            <>
              <label htmlFor={id}>{t.mailsUrl()}</label>
              <input
                id={id}
                type="url"
                value={chosen.url}
                onChange={({ target }) => choose({ url: target.value.trim() })}
              />
              {host !== null && <p className="muted small">{t.mailsUrlKept({ host })}</p>}
            </>
          )}
        <Choice
          label={t.languageName()}
          value={chosen.locale}
          names={localeNames(chosen.locale)}
          onChange={(one) => choose({ locale: one })}
        />
        <AlertFields
          report={report}
          isNew={subscription === undefined}
          value={chosen.alert}
          onChange={(one) => choose({ alert: one })}
        />
      </div>
      {chosen.alert !== undefined && <p className="muted">{t.mailsAlertExplained()}</p>}
      {isMail && <h3>{t.mailsTo()}</h3>}
      <p className="muted">{isMail ? t.mailsExplained() : t.mailsUrlExplained()}</p>
      {isMail && <ReadersField value={chosen.to} most={maxRecipients} onChange={(to) => choose({ to })} />}
    </ActionDialog>
  )
}
