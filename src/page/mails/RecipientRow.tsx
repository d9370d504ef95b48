import type { Subscription } from "../api/wire.ts"
import { momentName } from "../card/words.ts"
import { t } from "../shell/messages.ts"

export type Recipient = Subscription["to"][number]
type Delivery = NonNullable<Recipient["last"]>

const isStopped = ({ endedAt, pausedAt }: Recipient): boolean => endedAt !== null || pausedAt !== null

const reasonOf = ({ reason }: Delivery): string => t.mailsReason({ reason: reason ?? "none" })

/** Says what became of a mail. */
export const resultOf = (delivery: Delivery, timeZone: string): string => {
  const { dueAt, settledAt, state } = delivery
  const time = momentName(settledAt ?? dueAt, timeZone)
  if (state === "sent") return t.mailsSent({ time })
  const reason = reasonOf(delivery)
  if (state === "waiting") return t.mailsWaiting({ time, reason })
  return state === "uncertain" ? t.mailsUncertain({ time }) : t.mailsNotSent({ time, reason })
}

const stateOf = ({ endedAt, failures, last, pausedAt }: Recipient, timeZone: string): string => {
  if (endedAt !== null) return t.mailsEnded({ time: momentName(endedAt, timeZone) })
  if (pausedAt !== null) {
    const time = momentName(pausedAt, timeZone)
    return t.mailsStopped({ time, count: failures, reason: last === null ? "" : reasonOf(last) })
  }
  return last === null ? t.mailsNone() : resultOf(last, timeZone)
}

interface RecipientRowProps {
  readonly recipient: Recipient
  readonly name: string
  /** The time zone of the subscription. */
  readonly timeZone: string
  /** Undefined if the caller may not start the mails to this person again. */
  readonly onRestart: (() => void) | undefined
}

/** Says whether a person gets the mails, and what became of the last one. */
export const RecipientRow = ({ name, onRestart, recipient, timeZone }: RecipientRowProps) => (
  <li>
    <span className="row-text">
      <strong>{name}</strong>
      <span className={isStopped(recipient) ? "problem" : "muted"}>{stateOf(recipient, timeZone)}</span>
    </span>
    {onRestart !== undefined && (
      <button type="button" aria-label={t.mailsRestartOf({ name })} onClick={onRestart}>{t.mailsRestart()}</button>
    )}
  </li>
)
