import type { Page } from "playwright-core"

export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })
export const dialogOf = (page: Page) => page.getByRole("dialog").last()
export const press = (page: Page, name: string) => dialogOf(page).getByRole("button", { name, exact: true }).click()

export const openedMails = async (page: Page) => {
  await button(page, "More").click()
  await button(page, "Send on a schedule").click()
  await dialogOf(page).getByRole("button", { name: "New subscription" }).waitFor()
}

export const at = "2026-05-11T05:00:00.000Z"
export const sent = { dueAt: at, state: "sent", reason: null, attempts: 1, settledAt: at }

/** The page gets these properties of the recipients and of the subscription, as if mails had been sent. */
export const withResults = async (
  page: Page,
  recipients: Readonly<Record<string, object>>,
  lastTest: () => object | null = () => null,
  more: object = {}
) =>
  await page.route("**/subscriptions", async (route) => {
    if (route.request().method() !== "GET") return await route.continue()
    const response = await route.fetch()
    const { results } = await response.json()
    const to = (all: ReadonlyArray<{ readonly userId: string }>) =>
      all.map((one) => ({ ...one, ...recipients[one.userId] }))
    await route.fulfill({
      response,
      json: {
        results: results.map((one: { readonly to: [] }) => ({ ...one, ...more, to: to(one.to), lastTest: lastTest() }))
      }
    })
  })
