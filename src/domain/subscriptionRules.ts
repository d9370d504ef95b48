import { DateTime, Equal } from "effect"
import type { Alert } from "./Alert.ts"
import type { Instant } from "./Calendar.ts"
import type { Caller } from "./Caller.ts"
import { nextDue } from "./dueTimes.ts"
import type { UserId } from "./Ids.ts"
import type { Recipient, Subscription, UpdateSubscription } from "./Subscription.ts"

export const hostOf = (url: string | null): string | null => url === null ? null : URL.parse(url)?.host ?? null

/** Members do not see whose rows an admin chose. */
export const viewShownTo = ({ role }: Caller, { assigneeIds, everyone, ...view }: Subscription["view"]) =>
  role === "member" ? view : {
    ...view,
    ...(assigneeIds !== undefined && { assigneeIds }),
    ...(everyone !== undefined && { everyone })
  }

/** A test of a mail goes to the caller. Other tests have the numbers of the creator, as all messages do. */
export const readerOfTest = (
  { userId }: Caller,
  { channel, createdBy }: Pick<Subscription, "channel" | "createdBy">
): UserId => channel === "email" ? userId : createdBy

/** In an alert, the outcome for a person tells members nothing, because it depends on the rows of that person. */
export const recipientsShownTo = (
  { role, userId }: Caller,
  when: Alert | null,
  to: Subscription["to"]
): Subscription["to"] =>
  when === null || role === "admin"
    ? to
    : to.map((one) => one.userId === userId ? one : { ...one, failures: 0, pausedAt: null, last: null })

export type Ended = Pick<Recipient, "userId" | "endedAt">

/** The people who ended the mails and are no recipients after a change. */
export const endedAfter = (before: ReadonlyArray<Ended>, to: ReadonlyArray<UserId>): ReadonlyArray<Ended> =>
  before.filter(({ endedAt, userId }) => endedAt !== null && !to.includes(userId))
    .map(({ endedAt, userId }) => ({ userId, endedAt }))

/** The recipients after a change. `to` has each id once, and `before` also has the people who ended the mails before. */
export const recipientsAfter = (
  caller: Caller,
  before: ReadonlyArray<Ended>,
  to: ReadonlyArray<UserId>
): ReadonlyArray<Omit<Recipient, "last">> =>
  to.map((userId) => {
    const endedAt = before.find((one) => one.userId === userId)?.endedAt ?? null
    return { userId, failures: 0, pausedAt: null, endedAt: userId === caller.userId ? null : endedAt }
  })

/**
 * `checked` is the alert that was checked for the change. If the request has no `when`, it only adds a currency to the same
 * alert, because another change may have stored another alert meanwhile.
 */
const alertAfter = ({ when }: Subscription, request: UpdateSubscription, checked: Alert | null): Alert | null => {
  if (when === null || checked === null || request.when !== undefined) return checked
  return Equal.equals({ currency: checked.currency, ...when }, checked) ? checked : when
}

/** The terms after a change that was made at `now`. A view or a url that is left out is not changed. */
export const termsAfter = (
  before: Subscription,
  request: UpdateSubscription,
  checked: Alert | null,
  now: Instant
) => {
  const { at = before.at, every = before.every, timeZone = before.timeZone, url, view } = request
  const times = { at, every, timeZone, weekStart: before.weekStart }
  const isMoved = request.at !== undefined || request.every !== undefined || request.timeZone !== undefined
  const isRepaired = request.when !== undefined && before.pauseReason !== null
  const { paused = before.paused && !isRepaired } = request
  const isResumed = before.paused && !paused
  return {
    ...times,
    channel: before.channel,
    format: request.format ?? before.format,
    locale: request.locale ?? before.locale,
    when: alertAfter(before, request, checked),
    paused,
    pauseReason: paused ? before.pauseReason : null,
    nextAt: isMoved || isResumed ? DateTime.makeUnsafe(nextDue(times, now)) : before.nextAt,
    ...(view !== undefined && { view }),
    ...(url !== undefined && { url })
  }
}
