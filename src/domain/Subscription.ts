import { Schema } from "effect"
import { Alert } from "./Alert.ts"
import { closed } from "./closed.ts"
import { Delivery } from "./Delivery.ts"
import { Locale } from "./Export.ts"
import { Failure } from "./Failure.ts"
import { FreezePeriod, optionalInstant, ScheduledView, TimeOfDay } from "./FreezeSchedule.ts"
import { ReportId, SubscriptionId, UserId } from "./Ids.ts"
import { instant } from "./instant.ts"
import { InvalidRequest } from "./InvalidRequest.ts"
import { lenient, stored } from "./lenient.ts"
import { oneOf, Text, Word } from "./Text.ts"

export const maxRecipients = 100
export const maxSubscriptions = 50
export const tooManySubscriptions = () =>
  InvalidRequest.because(`A report has at most ${maxSubscriptions} subscriptions.`)
/** After so many failures in a row, a recipient gets no more mails. */
export const failuresToPause = 5

export const maxUrlLength = 2_000

export const DeliveryChannel = Schema.Literals(["email", "slack", "webhook"]).annotate({
  identifier: "DeliveryChannel",
  description:
    "`email` sends a mail to each recipient. `slack` posts to an incoming webhook of Slack, and `webhook` posts JSON to a server. Both have the numbers that the creator of the subscription may see at that time."
})
export type DeliveryChannel = typeof DeliveryChannel.Type

const DeliveryFormat = oneOf("DeliveryFormat", ["pdf", "csv", "xlsx", "link"])

const texts = {
  every: { description: "A week is due on its first day in the organization, and a month on its first day." },
  at: {
    description:
      "Local time of the mails. If the clock skips this time, they are later by the same span. If the clock repeats it, the first one counts.",
    examples: ["07:00"]
  },
  to: {
    description:
      "User ids of members of the organization. Each gets a mail with the numbers that this person may see at that time. Only for `email`, which needs it."
  },
  url: {
    description:
      "Where messages go, for `slack` and `webhook`, which need it: an incoming webhook of Slack, or an address on the internet that begins with https://. It is not returned, because it can contain a secret."
  },
  format: {
    description:
      "The file in the mail. With `link`, a mail has no file. `email` needs it. `slack` and `webhook` have only `link`."
  },
  locale: {
    description:
      "A language tag: that of the texts (English, Spanish, or German), numbers, and dates in the message and in its file. A subscription that is made without it has that of the `Accept-Language` header, or `en`.",
    examples: ["de-AT"]
  },
  view: {
    description: "What each mail counts, as in a run of the report. The choice of people counts for admins only."
  },
  when: {
    description:
      "Makes the subscription an alert: a recipient gets the mail only if the figure, as this person sees it, was not beyond the threshold at the last judgement, and is now. A subscription that is made without it never gets one."
  },
  paused: {
    description:
      "While it is true, nothing is sent, except tests. After a change to false, the first message is sent at the next time due. False also starts messages to a url again that failures paused."
  }
}

const PauseReason = Schema.Literals(["widget_removed"]).annotate({ identifier: "PauseReason" })

const recipientIds = Schema.Array(Text({ minimum: 1, maximum: 200 }).pipe(Schema.brand("UserId"))).check(
  Schema.isMinLength(1),
  Schema.isMaxLength(maxRecipients)
)

const postUrl = Text({ minimum: 1, maximum: maxUrlLength })

const zone = Word.annotateKey({
  description: "An exact IANA name. Default: the time zone of the organization.",
  examples: ["Europe/Madrid"]
})

export const CreateSubscription = closed({
  every: FreezePeriod.annotateKey(texts.every),
  at: TimeOfDay.annotateKey(texts.at),
  timeZone: Schema.optionalKey(zone),
  to: Schema.optionalKey(recipientIds).annotateKey(texts.to),
  channel: DeliveryChannel,
  url: Schema.optionalKey(postUrl).annotateKey(texts.url),
  format: Schema.optionalKey(DeliveryFormat).annotateKey(texts.format),
  locale: Schema.optionalKey(Locale).annotateKey(texts.locale),
  view: Schema.optionalKey(lenient(ScheduledView)).annotateKey(texts.view),
  when: Schema.optionalKey(Alert).annotateKey(texts.when)
}, "property of a subscription").annotate({ identifier: "CreateSubscription" })
export type CreateSubscription = typeof CreateSubscription.Type

export const UpdateSubscription = closed({
  every: Schema.optionalKey(FreezePeriod).annotateKey(texts.every),
  at: Schema.optionalKey(TimeOfDay).annotateKey(texts.at),
  timeZone: Schema.optionalKey(zone),
  to: Schema.optionalKey(recipientIds).annotateKey({
    description:
      `${texts.to.description} A recipient who was paused gets mails again. A recipient who ended the mails does not, unless the request is from this person.`
  }),
  url: Schema.optionalKey(postUrl).annotateKey({
    description: `${texts.url.description} Messages that were paused start again.`
  }),
  format: Schema.optionalKey(DeliveryFormat).annotateKey(texts.format),
  locale: Schema.optionalKey(Locale).annotateKey(texts.locale),
  view: Schema.optionalKey(lenient(ScheduledView)).annotateKey(texts.view),
  when: Schema.optionalKey(Alert).annotateKey({
    description: "Only for an alert. After a change, the alert begins anew, and is resumed if its widget was removed."
  }),
  paused: Schema.optionalKey(Schema.Boolean).annotateKey(texts.paused)
}, "property of a subscription that can change").annotate({
  identifier: "UpdateSubscription",
  description: "A property that is left out is not changed."
})
export type UpdateSubscription = typeof UpdateSubscription.Type

export const Recipient = Schema.Struct({
  userId: UserId,
  endedAt: optionalInstant("When this person ended the mails by the link in a mail."),
  pausedAt: optionalInstant(`When ${failuresToPause} failures in a row stopped the mails to this person.`),
  failures: Schema.Int.annotateKey({ description: "Failures since the last mail that was accepted." }),
  last: Schema.NullOr(Delivery).annotateKey({ description: "The newest delivery to this person, without tests." })
}).annotate({ identifier: "Recipient" })
export type Recipient = typeof Recipient.Type

export const Subscription = Schema.Struct({
  id: SubscriptionId,
  reportId: ReportId,
  createdBy: UserId,
  every: FreezePeriod.annotateKey(texts.every),
  at: Schema.String.annotateKey(texts.at),
  timeZone: Schema.String,
  weekStart: Schema.Int.annotateKey({ description: "The first day of a week: 1 is Monday, 7 is Sunday." }),
  channel: DeliveryChannel,
  format: DeliveryFormat.annotateKey(texts.format),
  locale: Schema.String.annotateKey(texts.locale),
  view: stored(ScheduledView).annotateKey(texts.view),
  when: Schema.NullOr(stored(Alert)).annotateKey({ description: `${texts.when.description} Null: it is no alert.` }),
  paused: Schema.Boolean.annotateKey(texts.paused),
  pauseReason: Schema.NullOr(PauseReason).annotateKey({
    description:
      "Why the service paused the alert. `widget_removed`: the report no longer has the widget, or the widget no longer has such a figure. Null if it is not paused, or was paused by a request."
  }),
  host: Schema.NullOr(Schema.String).annotateKey({
    description: "The host to which messages go, from `url`. Null for `email`."
  }),
  to: Schema.Array(Recipient).annotateKey({
    description: "For `slack` and `webhook`, this is the creator, whose numbers the messages have."
  }),
  lastTest: Schema.NullOr(Delivery).annotateKey({
    description: "The newest test. Of a mail, it is the newest that the caller asked for."
  }),
  nextAt: instant("The next time due. Nothing is sent at this time if the subscription is paused."),
  createdAt: instant("Time of creation.")
}).annotate({ identifier: "Subscription" })
export type Subscription = typeof Subscription.Type

export const CreatedSubscription = Schema.Struct({
  ...Subscription.fields,
  secret: Schema.NullOr(Schema.String).annotateKey({
    description:
      "Signs the messages of a webhook, as Standard Webhooks describes it. It is not shown again. Null for other channels."
  })
}).annotate({ identifier: "CreatedSubscription" })
export type CreatedSubscription = typeof CreatedSubscription.Type

export const SubscriptionList = Schema.Struct({ results: Schema.Array(Subscription) }).annotate({
  identifier: "SubscriptionList"
})

export class SubscriptionNotFound extends Failure<SubscriptionNotFound>()("SubscriptionNotFound", {
  status: 404,
  code: "subscription_not_found",
  message: "There is no such subscription."
}) {}

/** Another person could choose where the numbers of the creator go. */
export class SubscriptionNotYours extends Failure<SubscriptionNotYours>()("SubscriptionNotYours", {
  status: 403,
  code: "subscription_not_yours",
  message:
    "Only its creator may change a subscription of Slack or of a webhook, because it sends the creator's numbers."
}) {}

export class DeliveriesNotConfigured extends Failure<DeliveriesNotConfigured>()("DeliveriesNotConfigured", {
  status: 501,
  code: "deliveries_not_configured",
  message: "This service sends no reports: its setting CLERK_SECRET_KEY is missing."
}) {}
