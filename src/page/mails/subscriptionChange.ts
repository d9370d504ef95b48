import type { Subscription, UpdateSubscription, ViewRequest } from "../api/wire.ts"

type Recipients = ReadonlyArray<Pick<Subscription["to"][number], "endedAt" | "userId">>

/** The recipients as a change names them. A change that names its caller starts the mails that the caller ended. */
export const idsIn = (to: Recipients, callerId: string): ReadonlyArray<string> =>
  to.filter(({ endedAt, userId }) => endedAt === null || userId !== callerId).map(({ userId }) => userId)

interface Chosen extends Required<Pick<UpdateSubscription, "at" | "every" | "format" | "to">> {
  /** Undefined keeps the stored view. */
  readonly view: ViewRequest | undefined
}

/** A change that names the recipients also starts the mails to paused ones again, so only other recipients are named. */
export const changeOf = (before: ReadonlyArray<string>, { to, view, ...terms }: Chosen): UpdateSubscription => ({
  ...terms,
  ...((to.length !== before.length || to.some((one) => !before.includes(one))) && { to }),
  ...(view !== undefined && { view })
})
