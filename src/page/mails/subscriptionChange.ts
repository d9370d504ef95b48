import type { CreateSubscription, Subscription, UpdateSubscription, ViewRequest } from "../api/wire.ts"

type Recipients = ReadonlyArray<Pick<Subscription["to"][number], "endedAt" | "userId">>

/** The recipients as a change names them. A change that names its caller starts the mails that the caller ended. */
export const idsIn = (to: Recipients, callerId: string): ReadonlyArray<string> =>
  to.filter(({ endedAt, userId }) => endedAt === null || userId !== callerId).map(({ userId }) => userId)

export interface Chosen extends Pick<Subscription, "at" | "channel" | "every" | "format"> {
  readonly to: ReadonlyArray<string>
  readonly url: string
}

/** Only mails have recipients and a file. */
export const creationOf = ({ channel, format, to, url, ...times }: Chosen, view: ViewRequest): CreateSubscription => ({
  ...times,
  channel,
  view,
  ...(channel === "email" ? { format, to } : { url })
})

/**
 * A change that names the recipients also starts the mails to paused ones again, so only other recipients are named.
 * Without `view`, the stored view is kept.
 */
export const changeOf = (
  before: ReadonlyArray<string>,
  { channel, format, to, url, ...times }: Chosen,
  view: ViewRequest | undefined
): UpdateSubscription => ({
  ...times,
  ...(view !== undefined && { view }),
  ...(channel === "email"
    ? { format, ...((to.length !== before.length || to.some((one) => !before.includes(one))) && { to }) }
    : url !== "" && { url })
})
