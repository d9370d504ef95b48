import { assert, describe, it } from "@effect/vitest"
import { isBrowserMissing, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
import { at, dialogOf, openedMails, press, sent, withResults } from "./support/mailsDialog.ts"
import { setting } from "./support/setting.ts"

const { address, browser } = setting()
const { api, reportWith } = demoApi(address)

const subscriptionsOf = async (id: string) => (await api("GET", `/${id}/subscriptions`)).results

describe.skipIf(isBrowserMissing)("reports that the page sends to Slack and to webhooks", () => {
  it("a webhook is made with an address, its secret is shown once, and a change keeps the address", async () => {
    const id = await reportWith("Posted", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await openedMails(page)
    await press(page, "New subscription")
    const form = dialogOf(page)
    await form.getByLabel("Channel").selectOption("webhook")
    await form.getByText(/sees the numbers that you may see/).waitFor()
    assert.strictEqual(await form.getByLabel("File in the mail").count(), 0)
    assert.strictEqual(await form.getByLabel("Search for a name").count(), 0)
    assert.isTrue(await form.getByRole("button", { name: "Save" }).isDisabled())
    await form.getByLabel(/^Address of the webhook/).fill("http://hooks.example.com/no")
    await press(page, "Save")
    await form.getByText(/must begin with https/).waitFor()
    await form.getByLabel(/^Address of the webhook/).fill("https://hooks.example.com/one?key=hidden")
    const { release, until } = await heldBack(page, "**/subscriptions", "POST")
    await press(page, "Save")
    await until()
    await page.keyboard.press("Escape")
    assert.isTrue(await form.getByRole("button", { name: "Cancel", exact: true }).isDisabled())
    await release()
    assert.match(await dialogOf(page).getByLabel("Secret of the webhook").inputValue(), /^whsec_[\w+/=-]{32,}$/)
    await page.keyboard.press("Escape")
    await press(page, "Done")
    const row = dialogOf(page).getByText("Webhook · hooks.example.com · next on")
    await row.waitFor()
    assert.notInclude(await dialogOf(page).innerText(), "hidden")
    await dialogOf(page).getByText(/^With the numbers of Ana/).waitFor()
    const json = { code: "unavailable", message: "It is down." }
    await page.route("**/test", (route) => route.fulfill({ status: 503, json }), { times: 1 })
    await press(page, "Send a test")
    const problem = dialogOf(page).getByRole("alert").getByText("It is down.", { exact: true })
    await problem.waitFor()
    await press(page, "Send a test")
    await problem.waitFor({ state: "detached" })
    await said(page, /^The test is sent to hooks\.example\.com within two minutes/)

    await press(page, "Change subscription")
    await form.getByText("Leave it empty to keep the address at hooks.example.com.").waitFor()
    assert.strictEqual(await form.getByLabel("Channel").count(), 0)
    await form.getByLabel("How often").selectOption("day")
    const asked = page.waitForRequest((request) => request.method() === "PATCH")
    await press(page, "Save")
    assert.deepStrictEqual((await asked).postDataJSON(), { every: "day", at: "07:00", locale: "en-US" })
    await said(page, /^The subscription is changed/)
    const [stored] = await subscriptionsOf(id)
    assert.deepInclude(stored, { channel: "webhook", host: "hooks.example.com", every: "day" })
    await page.close()
  })

  it("Slack that five failures paused is resumed by its creator, and other people may only test and delete it", async () => {
    const id = await reportWith("Posted to Slack", [stat])
    const slack = { every: "day", at: "07:00", channel: "slack", url: "https://hooks.slack.com/services/T/B/x" }
    await api("POST", `/${id}/subscriptions`, slack)
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    const last = { ...sent, state: "failed", reason: "url_refused" }
    await withResults(page, { user_ana: { pausedAt: at, failures: 5, last } })
    await openedMails(page)
    await dialogOf(page).getByText(/after 5 failures in a row\. The address refused the message\./).waitFor()
    const asked = page.waitForRequest((request) => request.method() === "PATCH")
    await dialogOf(page).getByRole("button", { name: /^Resume the mails to / }).click()
    assert.deepStrictEqual((await asked).postDataJSON(), { paused: false })
    await page.route("**/subscriptions", async (route) => {
      const response = await route.fetch()
      const { results } = await response.json()
      await route.fulfill({ response, json: { results: [{ ...results[0], createdBy: "user_bea" }] } })
    })
    await page.reload()
    await openedMails(page)
    await dialogOf(page).getByText(/^Slack · hooks\.slack\.com/).waitFor()
    const buttons = await dialogOf(page).locator(".row-actions").getByRole("button").allInnerTexts()
    assert.deepStrictEqual(buttons, ["Send a test", "Delete"])
    await page.close()
  })
})
