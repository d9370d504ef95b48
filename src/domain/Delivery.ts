import { Schema } from "effect"
import type { Alert, AlertState } from "./Alert.ts"
import { optionalInstant } from "./FreezeSchedule.ts"
import type { OrgId, SubscriptionId, UserId } from "./Ids.ts"
import { instant } from "./instant.ts"
import type { Recipient, Subscription } from "./Subscription.ts"

const settledStates = ["sent", "failed", "skipped", "uncertain"] as const
type SettledState = (typeof settledStates)[number]

const reasons = [
  "not_a_member",
  "report_not_readable",
  "no_address",
  "address_refused",
  "ended",
  "paused",
  "too_late",
  "role_unknown",
  "not_computed",
  "no_mail_server",
  "no_answer",
  "url_refused",
  "url_failed",
  "not_crossed",
  "alert_rests",
  "no_figure",
  "widget_removed"
] as const
export const DeliveryReason = Schema.Literals(reasons).annotate({ identifier: "DeliveryReason" })
export type DeliveryReason = typeof DeliveryReason.Type

export const Delivery = Schema.Struct({
  dueAt: instant("Time due."),
  state: Schema.Literals(["waiting", ...settledStates]).annotateKey({
    description:
      "`skipped`: this person may not get the report, or the alert has nothing to tell. `uncertain`: it was handed to the server, which did not confirm it, so it may have arrived."
  }),
  reason: Schema.NullOr(DeliveryReason).annotateKey({ description: "Why it was not sent, or not yet." }),
  attempts: Schema.Int,
  settledAt: optionalInstant("Null while it waits.")
}).annotate({ identifier: "Delivery" })
export type Delivery = typeof Delivery.Type

/** The person in a link that ends the mails of a subscription. */
export interface Addressee {
  readonly organizationId: OrgId
  readonly subscriptionId: SubscriptionId
  readonly userId: UserId
}

/** A subscription that is due. No other process makes the deliveries of the same time. */
export interface DueSubscription extends Pick<Subscription, "every" | "at" | "timeZone" | "weekStart"> {
  readonly organizationId: OrgId
  readonly id: SubscriptionId
  readonly nextAt: Subscription["nextAt"]
}

/** A delivery that this process holds until its lease ends. */
export interface Claimed extends Addressee {
  readonly id: string
  readonly claim: string
  readonly dueAt: Delivery["dueAt"]
  readonly isTest: boolean
  readonly attempts: number
  /** How often it may have been sent. */
  readonly handed: number
  readonly reason: DeliveryReason | null
  /** The state of the alert if what was handed has been sent. */
  readonly judged: AlertState | null
}

export interface Ordered
  extends Pick<Subscription, "reportId" | "channel" | "format" | "locale" | "view" | "when" | "paused">
{
  /** Null for mails. */
  readonly url: string | null
  readonly linkKey: string
  readonly recipient: (Pick<Recipient, "endedAt" | "pausedAt"> & { readonly alert: AlertState | null }) | undefined
}

export interface OrderedAlert extends Addressee {
  /** A delivery is being judged or sent. Its numbers may be older than the last change, and `order` has the state before it. */
  readonly isClaimed: boolean
  readonly order: Ordered
}

/** The alerts of an organization, which this process judges until its lease ends. */
export interface Judging {
  readonly organizationId: OrgId
  readonly claim: string
}

/** With `judged`, the outcome also sets the state of the alert. With `removed`, the widget of this alert was removed. */
export type Outcome =
  & (
    | { readonly state: "sent"; readonly reason: null }
    | { readonly state: Exclude<SettledState, "sent">; readonly reason: DeliveryReason }
  )
  & { readonly judged?: AlertState | null | undefined; readonly removed?: Alert | undefined }

const ofAddress = new Set<DeliveryReason | null>(["no_address", "address_refused", "url_refused", "url_failed"])

/** A failure of the address counts towards the pause. */
export const isOfAddress = ({ reason, state }: Outcome): boolean => state === "failed" && ofAddress.has(reason)

export const mostHanded = 2
export const leaseFor = "60 seconds"
export const keptFor = "30 days"
