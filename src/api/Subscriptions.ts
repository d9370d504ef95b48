import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { ReportId, SubscriptionId } from "../domain/Ids.ts"
import { lenient } from "../domain/lenient.ts"
import { ReportNotFound } from "../domain/Report.ts"
import {
  CreatedSubscription,
  CreateSubscription,
  DeliveriesNotConfigured,
  failuresToPause,
  Subscription,
  SubscriptionList,
  SubscriptionNotFound,
  SubscriptionNotYours,
  UpdateSubscription
} from "../domain/Subscription.ts"
import { RequiredScope } from "./Authentication.ts"
import { location } from "./headers.ts"
import { idempotencyKey, IdempotentSubscription } from "./Idempotent.ts"
import { CountsAs } from "./middleware.ts"

const ofReport = { params: { id: ReportId.pipe(Schema.annotateEncoded({ description: "Report id." })) } }
const one = {
  params: { subscriptionId: SubscriptionId.pipe(Schema.annotateEncoded({ description: "Subscription id." })) }
}

const managers = "The creator, the owner of the report, and admins may do this, as long as they may read the report."

export class SubscriptionsGroup extends HttpApiGroup.make("subscriptions").add(
  HttpApiEndpoint.post("create", "/:id/subscriptions", {
    ...ofReport,
    headers: idempotencyKey,
    payload: lenient(CreateSubscription),
    success: HttpApiSchema.WithHeaders(CreatedSubscription.pipe(HttpApiSchema.status(201)), location),
    error: [ReportNotFound, DeliveriesNotConfigured]
  }).middleware(IdempotentSubscription).annotateMerge(
    OpenApi.annotations({
      identifier: "createSubscription",
      summary: "Send a report by e-mail, to Slack, or to a webhook on a schedule",
      description:
        `With \`email\`, each recipient gets a mail at each time due, with the picture of the report, its numbers and a file. The numbers are those that this recipient may see at that time. A recipient who left the organization, or may no longer read the report, gets none. A message to Slack or to a webhook has the numbers that its creator may see at that time. After ${failuresToPause} failures in a row, the messages to a recipient or a url are paused.`
    })
  ),
  HttpApiEndpoint.get("list", "/:id/subscriptions", {
    ...ofReport,
    success: SubscriptionList,
    error: ReportNotFound
  }).annotate(RequiredScope, "reports:read").annotateMerge(
    OpenApi.annotations({
      identifier: "listSubscriptions",
      summary: "List the subscriptions of a report",
      description:
        "Has the subscriptions that the caller made. The owner of the report and admins get all of them. Oldest first."
    })
  ),
  HttpApiEndpoint.get("get", "/subscriptions/:subscriptionId", {
    ...one,
    success: Subscription,
    error: SubscriptionNotFound
  }).annotate(RequiredScope, "reports:read").annotateMerge(
    OpenApi.annotations({
      identifier: "getSubscription",
      summary: "Get a subscription",
      description: `Each recipient has the outcome of the newest delivery. ${managers}`
    })
  ),
  HttpApiEndpoint.patch("update", "/subscriptions/:subscriptionId", {
    ...one,
    payload: lenient(UpdateSubscription),
    success: Subscription,
    error: [SubscriptionNotFound, SubscriptionNotYours, DeliveriesNotConfigured]
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "updateSubscription",
      summary: "Change a subscription",
      description:
        `A property that is left out is not changed. ${managers} A subscription of Slack or of a webhook is changed by its creator only.`
    })
  ),
  HttpApiEndpoint.post("test", "/subscriptions/:subscriptionId/test", {
    ...one,
    success: HttpApiSchema.Empty(202),
    error: SubscriptionNotFound
  }).annotate(CountsAs, "files").annotateMerge(
    OpenApi.annotations({
      identifier: "testSubscription",
      summary: "Send the mail of a subscription to yourself, or its message to its url",
      description:
        `The mail is sent within a minute or two, only to the caller, and has the caller's numbers. The message of Slack or of a webhook goes to its url, and has the creator's numbers. Then \`lastTest\` of the subscription has the result. ${managers}`
    })
  ),
  HttpApiEndpoint.delete("remove", "/subscriptions/:subscriptionId", {
    ...one,
    success: HttpApiSchema.NoContent,
    error: SubscriptionNotFound
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "deleteSubscription",
      summary: "Delete a subscription",
      description: `Mails that are not sent yet are not sent. ${managers}`
    })
  )
).prefix("/crm-reports").annotateMerge(
  OpenApi.annotations({
    title: "Subscriptions",
    description:
      "A subscription sends a report on a schedule: by e-mail to each recipient under the recipient's own rights, or to Slack or a webhook under the rights of its creator."
  })
) {}
