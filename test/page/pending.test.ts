import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { isBrowserMissing, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { button, dialogOf } from "./support/mailsDialog.ts"
import { setting } from "./support/setting.ts"

const { address, browser } = setting()
const { api, reportWith } = demoApi(address)

const sentBy = (page: Page, method: string) => {
  const sent: Array<string> = []
  page.on("request", (request) => {
    if (request.method() === method) sent.push(request.url())
  })
  return sent
}

describe.skipIf(isBrowserMissing)("while a request is pending, it is not sent again", () => {
  it("a subscription that is submitted twice is made once", async () => {
    const id = await reportWith("Submitted twice", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await button(page, "Send").click()
    await dialogOf(page).getByRole("button", { name: "Save", exact: true }).waitFor()
    const sent = sentBy(page, "POST")
    await page.evaluate(`for (let times = 0; times < 2; times++) document.querySelector("dialog form").requestSubmit()`)
    await said(page, /^From now on/)
    assert.lengthOf(sent.filter((url) => url.endsWith("/subscriptions")), 1)
    assert.lengthOf((await api("GET", `/${id}/subscriptions`)).results, 1)
    await page.close()
  })

  it("a report is saved once if Control with S is pressed twice", async () => {
    const id = await reportWith("Saved twice", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await button(page, "Edit").click()
    await page.getByLabel("Title", { exact: true }).fill("Saved once")
    await page.locator(".report-actions button.primary:enabled").waitFor()
    const sent = sentBy(page, "PATCH")
    await page.evaluate(`for (let times = 0; times < 2; times++) {
      dispatchEvent(new KeyboardEvent("keydown", { key: "s", ctrlKey: true, cancelable: true }))
    }`)
    await button(page, "Edit").waitFor()
    assert.lengthOf(sent, 1)
    assert.strictEqual((await api("GET", `/${id}`)).title, "Saved once")
    await page.close()
  })
})
