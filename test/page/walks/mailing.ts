import { said } from "../support/browser.ts"
import { stat } from "../support/demoApi.ts"
import type { Walk } from "../support/Walk.ts"

const recipient = { endedAt: null, pausedAt: null, failures: 0, last: null }
const mail = { dueAt: "2026-05-11T05:00:00.000Z", reason: null, attempts: 1, settledAt: "2026-05-11T05:00:03.000Z" }
const refused = { ...mail, state: "failed", reason: "address_refused" }
const recipients = [
  { ...recipient, userId: "user_ana", endedAt: mail.dueAt },
  { ...recipient, userId: "user_bea", pausedAt: mail.dueAt, failures: 5, last: refused },
  { ...recipient, userId: "a_person_who_left_and_has_a_long_id", last: { ...mail, state: "uncertain" } }
]

/** Opens the mails of a report. */
export const mailing: Walk = async ({ open, reportWith }) => {
  const { look, page } = await open(`#/reports/${await reportWith("To send", [stat])}`)
  const dialog = page.getByRole("dialog")
  const press = (name: string) => dialog.last().getByRole("button", { name, exact: true }).click()
  await page.getByRole("button", { name: "More", exact: true }).click()
  await page.getByRole("button", { name: "Send on a schedule", exact: true }).click()
  await dialog.getByText("This report is not sent to anybody yet.").waitFor()
  await look("SubscriptionsDialog", "empty")
  await press("New subscription")
  await dialog.last().getByRole("checkbox").first().waitFor()
  await look("SubscriptionForm")
  await dialog.last().getByLabel("Channel").selectOption("webhook")
  await look("SubscriptionForm", "webhook")
  await dialog.last().getByLabel(/^Address of the webhook/).fill("https://hooks.example.com/reports")
  await press("Save")
  await look("SecretDialog")
  await press("Done")
  await press("Delete")
  await press("Delete")
  await said(page, /^The subscription is deleted/)
  await press("New subscription")
  await press("Save")
  await said(page, /^From now on, this report is sent/)
  await page.route("**/subscriptions", async (route) => {
    const response = await route.fetch()
    const { results } = await response.json()
    await route.fulfill({
      response,
      json: { results: [{ ...results[0], to: recipients, lastTest: { ...mail, state: "sent" } }] }
    })
  })
  await press("Pause")
  await dialog.getByText(/may have arrived/).waitFor()
  await look("SubscriptionsDialog", "with recipients")
  await press("Delete")
  await look("SubscriptionsDialog", "deleting")
}
