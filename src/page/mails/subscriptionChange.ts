import type { CreateSubscription, Subscription, UpdateSubscription, ViewRequest } from "../api/wire.ts"
import { alertOf, type ChosenAlert } from "./alertChange.ts"

type Recipients = ReadonlyArray<Pick<Subscription["to"][number], "endedAt" | "userId">>

/** The recipients as a change names them. A change that names its caller starts the mails that the caller ended. */
export const idsIn = (to: Recipients, callerId: string): ReadonlyArray<string> =>
  to.filter(({ endedAt, userId }) => endedAt === null || userId !== callerId).map(({ userId }) => userId)

export interface Chosen extends Pick<Subscription, "at" | "channel" | "every" | "format" | "locale"> {
  readonly to: ReadonlyArray<string>
  readonly url: string
  readonly alert: ChosenAlert | undefined
}

/** Only mails have recipients and a file. */
export const creationOf = (
  { alert, channel, format, to, url, ...times }: Chosen,
  view: ViewRequest
): CreateSubscription => ({
  ...times,
  channel,
  view,
  ...(alert !== undefined && { when: alertOf(alert) }),
  ...(channel === "email" ? { format, to } : { url })
})

/**
 * A change that names the recipients also starts the mails to paused ones again, so only other recipients are named.
 * Without `view`, the stored view is kept. An alert that is named begins anew, so only another one is named.
 */
export const changeOf = (
  before: Pick<Chosen, "alert" | "to">,
  { alert, channel, format, to, url, ...times }: Chosen,
  view: ViewRequest | undefined
): UpdateSubscription => ({
  ...times,
  ...(view !== undefined && { view }),
  ...(alert !== undefined && JSON.stringify(alert) !== JSON.stringify(before.alert) && { when: alertOf(alert) }),
  ...(channel === "email"
    ? { format, ...((to.length !== before.to.length || to.some((one) => !before.to.includes(one))) && { to }) }
    : url !== "" && { url })
})
