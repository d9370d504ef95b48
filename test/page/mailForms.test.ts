import { assert, describe, it } from "@effect/vitest"
import { isBrowserMissing, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
import { button, dialogOf, openedMails, press, sent, withResults } from "./support/mailsDialog.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

const { address, browser } = setting()
const { api, reportWith } = demoApi(address)

const sentReport = async (name: string) => {
  const id = await reportWith(name, [stat])
  await api("POST", `/${id}/subscriptions`, {
    every: "week",
    at: "07:00",
    channel: "email",
    format: "csv",
    to: ["user_bea"]
  })
  return id
}

describe.skipIf(isBrowserMissing)("the form of a subscription on the page", () => {
  it("a change that ends after its form was closed leaves another form open", async () => {
    const { page } = await opened(browser(), address(`#/reports/${await sentReport("Changed slowly")}`))
    await openedMails(page)
    await press(page, "Change subscription")
    const held = await heldBack(page, "**/subscriptions/*", "PATCH")
    await press(page, "Save")
    await held.until()
    await press(page, "Cancel")
    await press(page, "New subscription")
    const time = dialogOf(page).getByLabel(/^Time in /)
    await time.fill("09:15")
    await held.release()
    await said(page, /^The subscription is changed/)
    assert.strictEqual(await time.inputValue(), "09:15")
    await page.close()
  })

  it("the form shows the newest subscription, and keeps what was chosen", async () => {
    const id = await sentReport("Read again")
    const { results: [subscription] } = await api("GET", `/${id}/subscriptions`)
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    // While a test waits, the page reads the subscriptions again and again.
    await page.route("**/subscriptions", async (route) => {
      if (route.request().method() !== "GET") return route.fallback()
      const response = await route.fetch()
      const { results: [one] } = await response.json()
      const lastTest = one.every === "week" ? { ...sent, state: "waiting" } : null
      return route.fulfill({ response, json: { results: [{ ...one, lastTest }] } })
    })
    await openedMails(page)
    await press(page, "Change subscription")
    const [file, often] = [dialogOf(page).getByLabel("File in the mail"), dialogOf(page).getByLabel("How often")]
    assert.strictEqual(await often.inputValue(), "week")
    await file.selectOption("xlsx")
    await api("PATCH", `/subscriptions/${subscription.id}`, { every: "day", format: "pdf" })
    await until("the newest subscription", () => often.inputValue(), "day")
    assert.strictEqual(await file.inputValue(), "xlsx")
    await press(page, "Save")
    await said(page, /^The subscription is changed/)
    const { results: [changed] } = await api("GET", `/${id}/subscriptions`)
    assert.deepInclude(changed, { every: "day", format: "xlsx" })
    await page.close()
  })

  it("the form names the weekday of the subscription, which a change keeps", async () => {
    const { page } = await opened(browser(), address(`#/reports/${await sentReport("On Sundays")}`))
    await withResults(page, {}, () => null, { weekStart: 7 })
    await openedMails(page)
    await press(page, "Change subscription")
    const often = dialogOf(page).getByLabel("How often")
    assert.include(await often.innerText(), "Every week, on Sunday")
    await press(page, "Cancel")
    await press(page, "New subscription")
    assert.include(await often.innerText(), "Every week, on Monday")
    assert.isTrue(await button(page, "Save").isEnabled())
    await page.close()
  })
})
