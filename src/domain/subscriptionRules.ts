import type { Alert } from "./Alert.ts"
import type { Caller } from "./Caller.ts"
import type { UserId } from "./Ids.ts"
import type { Recipient, Subscription } from "./Subscription.ts"

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

/** The recipients after a change. `to` has each id once. */
export const recipientsAfter = (
  caller: Caller,
  before: ReadonlyArray<Pick<Recipient, "userId" | "endedAt">>,
  to: ReadonlyArray<UserId>
): ReadonlyArray<Omit<Recipient, "last">> =>
  to.map((userId) => {
    const endedAt = before.find((one) => one.userId === userId)?.endedAt ?? null
    return { userId, failures: 0, pausedAt: null, endedAt: userId === caller.userId ? null : endedAt }
  })
