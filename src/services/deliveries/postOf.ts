import { createHmac } from "node:crypto"
import { seriesCardsOf } from "../../documents/Document.ts"
import { slackMessage } from "../../documents/slackMessage.ts"
import type { Addressee, Claimed, Ordered } from "../../domain/Delivery.ts"
import type { Letter } from "./Channel.ts"
import type { Content } from "./letterOf.ts"

/** A secret as Standard Webhooks writes it. It is derived, so it ends with the subscription. */
export const webhookSecret = (
  linkKey: string,
  { organizationId, subscriptionId }: Omit<Addressee, "userId">
): string => {
  const key = createHmac("sha256", Buffer.from(linkKey, "base64url"))
    .update(JSON.stringify(["webhook", organizationId, subscriptionId])).digest("base64")
  return `whsec_${key}`
}

/** The body of a webhook. The numbers of a widget are those of a run. */
const webhookBody = (
  reportUrl: string,
  { isTest, subscriptionId }: Claimed,
  { reportId }: Ordered,
  { alert, document, notice, title }: Content
) => ({
  type: "report.delivered",
  timestamp: document?.asOf ?? null,
  data: {
    subscriptionId,
    isTest,
    report: { id: reportId, title, url: reportUrl },
    alert: alert?.line ?? null,
    notice,
    widgets: seriesCardsOf(document ?? { cards: [] }).map(({ series, title }) => ({ label: title, result: series }))
  }
})

/** Returns the message that is posted to the url of a subscription. */
export const postOf = (
  base: string,
  claimed: Claimed,
  order: Ordered,
  url: string,
  content: Content
): Omit<Letter, "id" | "hand"> => {
  const { alert, document, notice, title } = content
  const reportUrl = `${base}/app/#/reports/${order.reportId}`
  const isWebhook = order.channel === "webhook"
  const body = isWebhook
    ? webhookBody(reportUrl, claimed, order, content)
    : slackMessage({
      locale: order.locale,
      title,
      alert: alert?.line,
      document,
      notice,
      reportUrl,
      isTest: claimed.isTest,
      mayBeRepeated: claimed.handed > 0
    })
  return {
    to: url,
    bytes: Buffer.from(JSON.stringify(body)),
    secret: isWebhook ? webhookSecret(order.linkKey, claimed) : undefined
  }
}
