import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { ReportId, SubscriptionId } from "../domain/Ids.ts"
import { lenient } from "../domain/lenient.ts"
import { ReportNotFound } from "../domain/Report.ts"
import {
  CreateSubscription,
  DeliveriesNotConfigured,
  failuresToPause,
  Subscription,
  SubscriptionList,
  SubscriptionNotFound,
  UpdateSubscription
} from "../domain/Subscription.ts"
import { location } from "./location.ts"
import { CountsAs } from "./RateLimit.ts"
import { RequiredScope } from "./RequiredScope.ts"

const ofReport = { params: { id: ReportId.pipe(Schema.annotateEncoded({ description: "Report id." })) } }
const one = {
  params: { subscriptionId: SubscriptionId.pipe(Schema.annotateEncoded({ description: "Subscription id." })) }
}

const managers = "The creator, the owner of the report, and admins may do this, as long as they may read the report."

export class SubscriptionsGroup extends HttpApiGroup.make("subscriptions").add(
  HttpApiEndpoint.post("create", "/:id/subscriptions", {
    ...ofReport,
    payload: lenient(CreateSubscription),
    success: HttpApiSchema.WithHeaders(Subscription.pipe(HttpApiSchema.status(201)), location),
    error: [ReportNotFound, DeliveriesNotConfigured]
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "createSubscription",
      summary: "Send a report by e-mail on a schedule",
      description:
        `At each time due, each recipient gets a mail with the picture of the report, its numbers and a file. The numbers are those that this recipient may see at that time. A recipient who left the organization, or may no longer read the report, gets none. After ${failuresToPause} failures in a row, the mails to a recipient are paused.`
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
    error: [SubscriptionNotFound, DeliveriesNotConfigured]
  }).annotateMerge(
    OpenApi.annotations({
      identifier: "updateSubscription",
      summary: "Change a subscription",
      description: `A property that is left out is not changed. ${managers}`
    })
  ),
  HttpApiEndpoint.post("test", "/subscriptions/:subscriptionId/test", {
    ...one,
    success: HttpApiSchema.Empty(202),
    error: SubscriptionNotFound
  }).annotate(CountsAs, "files").annotateMerge(
    OpenApi.annotations({
      identifier: "testSubscription",
      summary: "Send the mail of a subscription to yourself",
      description:
        `The mail is sent within a minute or two, only to the caller, and has the caller's numbers. ${managers}`
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
      "A subscription sends a report by e-mail on a schedule, to each recipient under the recipient's own rights."
  })
) {}
