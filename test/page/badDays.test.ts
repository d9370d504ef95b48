import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { all } from "../../src/metrics/all.ts"
import { drawn, isBrowserMissing, isStream, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
import { setting } from "./support/setting.ts"
import { triedAgain } from "./support/triedAgain.ts"

const edit = (page: Page) => page.getByRole("button", { name: "Edit", exact: true })
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true })
const title = (page: Page) => page.getByLabel("Title", { exact: true })

describe.skipIf(isBrowserMissing)("the page when something fails", () => {
  const { address, browser } = setting()

  const { api, reportWith } = demoApi(address)

  it("while the service is down, the page shows an error and keeps its numbers and unsaved edits", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    await edit(page).click()
    await title(page).fill("Kept meanwhile")
    const service = { isDown: true }
    await page.route("**/crm-reports/**", (route) => service.isDown ? route.abort() : route.continue())
    await page.getByRole("button", { name: "Count again" }).click()
    await page.getByRole("alert").getByText("The service cannot be reached").waitFor()
    await drawn(page, 11)
    await triedAgain(page, page, "**/metrics/run")
    service.isDown = false
    await page.getByRole("alert").waitFor({ state: "detached" })
    assert.strictEqual(await title(page).inputValue(), "Kept meanwhile")
    await page.close()
  })

  it("a page that was opened while the service was down loads after “Try again”", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /Empty report/ }).waitFor()
    await page.route("**/app/sign-in", (route) => route.abort())
    await page.reload()
    await page.getByText("The service cannot be reached").waitFor()
    await triedAgain(page, page, "**/app/sign-in")
    await page.unroute("**/app/sign-in")
    await page.getByRole("button", { name: /Empty report/ }).waitFor()
    await page.close()
  })

  it("a report with a card that cannot be shown can be edited and saved", async () => {
    const rate = { ...stat, metricId: "deals.win_rate" }
    const id = await reportWith("One fails", [stat, { ...rate, instanceId: "b", x: 3 }, {
      ...rate,
      instanceId: "c",
      x: 6
    }])
    const { page } = await opened(browser(), address("#/new"))
    await page.route("**/metrics/run", async (route) => {
      if (isStream(route.request())) return route.abort()
      const response = await route.fetch()
      const { results: [first, second, third] } = await response.json()
      const error = { code: "timeout", message: "The answer took too long." }
      const unknown = { ...third, meta: null }
      await route.fulfill({ response, json: { results: [first, { ...second, stat: null, error }, unknown] } })
    })
    await page.evaluate(`location.hash = "#/reports/${id}"`)
    const fault = page.getByRole("alert")
    await fault.getByText("This card has no answer").waitFor()
    await fault.getByText("The answer took too long.").waitFor()
    await fault.getByText("This page cannot draw the card").waitFor()
    await drawn(page, 1)
    await edit(page).click()
    await title(page).fill("One still fails")
    await save(page).click()
    await edit(page).waitFor()
    const { layout, title: titled } = await api("GET", `/${id}`)
    assert.deepStrictEqual([titled, layout.widgets.length], ["One still fails", 3])
    await page.close()
  })

  it("a save with an expired token is repeated with a new token", async () => {
    const id = await reportWith("Expiry", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await edit(page).click()
    await title(page).fill("Expired once")
    const refused: Array<string> = []
    await page.route("**/crm-reports/**", async (route) => {
      if (refused.length > 0) return route.continue()
      refused.push(route.request().url())
      return route.fulfill({ status: 401, json: { code: "token_expired", message: "The session token has expired." } })
    })
    await save(page).click()
    await edit(page).waitFor()
    assert.strictEqual(refused.length, 1)
    assert.strictEqual((await api("GET", `/${id}`)).title, "Expired once")
    await page.close()
  })

  it("an edit during which the session ended is saved once the person has signed in again", async () => {
    const id = await reportWith("Ends", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await edit(page).click()
    await title(page).fill("Ended and went on")
    const held = { isEnded: true }
    await page.route("**/crm-reports/**", (route) =>
      held.isEnded
        ? route.fulfill({ status: 401, json: { code: "token_expired", message: "The session token has expired." } })
        : route.continue())
    await page.route("**/app/sign-in", (route) => held.isEnded ? route.abort() : route.continue())
    await save(page).click()
    const dialog = page.getByRole("dialog", { name: "Your session has ended" })
    await dialog.waitFor()
    for (let presses = 0; presses < 4; presses++) await page.keyboard.press("Escape")
    await dialog.getByRole("button", { name: "Sign in again" }).click()
    await dialog.getByText("The service cannot be reached").waitFor()
    held.isEnded = false
    await dialog.getByRole("button", { name: "Sign in again" }).click()
    await edit(page).waitFor()
    assert.strictEqual((await api("GET", `/${id}`)).title, "Ended and went on")
    await page.close()
  })

  it("a report of fifty cards is drawn and rearranged without a browser error", async () => {
    // A weighted pipeline has no chart before an admin has set the weights of the stages.
    const metrics = Object.entries(all).filter(([id]) => id !== "deals.weighted_pipeline")
    const widgets = Array.from({ length: 50 }, (_, index) => {
      const [metricId, { charts: [chart] }] = metrics[index % metrics.length] ?? ["leads.total", { charts: ["stat"] }]
      return { instanceId: `w${index}`, metricId, chart, x: index % 3 * 4, y: Math.floor(index / 3) * 5, w: 4, h: 5 }
    })
    const { complaints, page } = await opened(browser(), address(`#/reports/${await reportWith("Fifty", widgets)}`))
    await drawn(page, 50)
    await edit(page).click()
    await page.getByRole("button", { name: /^Move Total new leads/ }).first().press("ArrowRight")
    await page.getByRole("button", { name: "Undo" }).click()
    await page.getByRole("button", { name: "Cancel" }).waitFor()
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("saving a report keeps the cards and fields of a newer version that this page does not know", async () => {
    const odd = { ...stat, instanceId: "b", metricId: "leads.of_tomorrow", chart: "hologram", x: 3, glow: { level: 3 } }
    const id = await reportWith("From tomorrow", [{ ...stat, note: "kept" }], { theme: "neon" })
    const { page } = await opened(browser(), address("#/new"))
    const sent: Array<unknown> = []
    await page.route(`**/crm-reports/${id}`, async (route) => {
      if (route.request().method() === "PATCH") sent.push(route.request().postDataJSON())
      const response = await route.fetch({ method: "GET" })
      const report = await response.json()
      const layout = { ...report.layout, widgets: [...report.layout.widgets, odd] }
      await route.fulfill({ response, json: { ...report, layout } })
    })
    await page.evaluate(`location.hash = "#/reports/${id}"`)
    await page.locator("section[aria-label='Of tomorrow']").getByRole("alert").waitFor()
    await edit(page).click()
    await page.getByRole("button", { name: /^Move Total new leads/ }).press("Shift+ArrowDown")
    await save(page).click()
    await edit(page).waitFor()
    assert.deepStrictEqual(sent, [{ layout: { widgets: [{ ...stat, h: 4, note: "kept" }, odd], theme: "neon" } }])
    await page.close()
  })

  it("over a 3G connection, an edit that is made during a save is kept", async () => {
    const id = await reportWith("Slow", [stat])
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    const session = await page.context().newCDPSession(page)
    await session.send("Network.enable")
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 300,
      downloadThroughput: 200_000,
      uploadThroughput: 90_000
    })
    const runs = await heldBack(page, "**/metrics/run", "POST")
    await page.evaluate(`location.hash = "#/reports/${id}"`)
    await page.getByRole("heading", { level: 1, name: "Slow" }).waitFor()
    await page.locator(".card .skeleton").waitFor()
    await runs.release()
    await drawn(page, 1)

    await edit(page).click()
    await title(page).fill("Before the save")
    const saves = await heldBack(page, `**/crm-reports/${id}`, "PATCH")
    await save(page).click()
    await title(page).fill("During the save")
    await page.getByRole("button", { name: "Edit Total new leads" }).click()
    const dialog = page.getByRole("dialog", { name: "Edit card" })
    await dialog.getByLabel("Title").fill("A card of its own")
    await saves.release()
    await said(page, /^Saved. Your newer changes are not saved yet/)
    assert.strictEqual((await api("GET", `/${id}`)).title, "Before the save")
    await dialog.getByRole("button", { name: "Done" }).click()
    await save(page).click()
    await edit(page).waitFor()
    const { layout, title: titled } = await api("GET", `/${id}`)
    assert.deepStrictEqual([titled, layout.widgets[0].title], ["During the save", "A card of its own"])
    await page.close()
  })
})
