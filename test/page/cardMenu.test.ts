import { assert, describe, it } from "@effect/vitest"
import { readFile } from "node:fs/promises"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened, said } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { demoApi } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
import { setting } from "./support/setting.ts"

const leads = { instanceId: "a", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 4, h: 4 }
const statuses = { instanceId: "b", metricId: "leads.by_status", chart: "donut", x: 4, y: 0, w: 6, h: 7 }

describe.skipIf(isBrowserMissing)("the menu of a card", () => {
  const { address, browser } = setting()
  const { api } = demoApi(address)
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })
  const focused = (page: Page, name: string) => button(page, name).and(page.locator(":focus"))

  const shown = async (query = "", options: Parameters<typeof opened>[2] = {}) => {
    const layout = { widgets: [leads, statuses] }
    const { id } = await api("POST", "", { title: "Two cards", visibility: "organization", layout })
    const tab = await opened(browser(), address(`#/reports/${id}${query}`), options)
    await drawn(tab.page, 2)
    return tab
  }

  it("opens by Enter, is walked by the arrow keys, Home and End, and returns the focus to its button", async () => {
    const { complaints, page } = await shown()
    await button(page, "More for Leads by status").focus()
    await page.keyboard.press("Enter")
    await focused(page, "All records").waitFor()
    for (
      const [key, name] of [
        ["ArrowDown", "Show as a table"],
        ["ArrowUp", "All records"],
        ["ArrowUp", "Duplicate"],
        ["Home", "All records"],
        ["End", "Duplicate"],
        ["ArrowDown", "All records"]
      ] as const
    ) {
      await page.keyboard.press(key)
      await focused(page, name).waitFor()
    }
    await page.keyboard.press("Escape")
    await focused(page, "More for Leads by status").waitFor()
    await page.keyboard.press("ArrowDown")
    await focused(page, "All records").waitFor()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await cardOf(page, "Leads by status").getByRole("columnheader", { name: "Value" }).waitFor()
    await focused(page, "More for Leads by status").waitFor()
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("its files have only this card, under the view of the page", async () => {
    const { page } = await shown("?time=last_12m&by=month&status=client")
    for (
      const [entry, extension, beginning] of [["CSV", "csv", "\uFEFF"], ["Picture (PNG)", "png", "\x89PNG"]] as const
    ) {
      await button(page, "More for Leads by status").click()
      const asked = page.waitForRequest((request) => /metrics\/run\?/.test(request.url()))
      const downloading = page.waitForEvent("download")
      await button(page, entry).click()
      const { filters, timeframe, widgets } = (await asked).postDataJSON()
      assert.deepStrictEqual(filters, { status: ["client"] })
      assert.deepStrictEqual(timeframe, { preset: "last_12m", bucket: "month" })
      assert.deepStrictEqual(widgets.map(({ instanceId }: { instanceId: string }) => instanceId), ["b"])
      const download = await downloading
      assert.strictEqual(download.suggestedFilename(), `Leads by status.${extension}`)
      const content = await readFile(await download.path(), extension === "csv" ? "utf8" : "latin1")
      assert.isTrue(content.startsWith(beginning))
      if (extension === "csv") {
        assert.include(content, "Client")
        assert.notInclude(content, "Total new leads")
      }
    }
    await page.close()
  })

  it("copies the card as a picture", async () => {
    const { page } = await shown("", { permissions: ["clipboard-read", "clipboard-write"] })
    await button(page, "More for Total new leads").click()
    await button(page, "Copy as a picture").click()
    await said(page, /^The picture is copied/)
    const types = await page.evaluate("navigator.clipboard.read().then((items) => items.flatMap(({ types }) => types))")
    assert.deepStrictEqual(types, ["image/png"])
    await page.close()
  })

  it("shows only the card on the full screen", async () => {
    const { page } = await shown()
    await button(page, "More for Leads by status").click()
    await button(page, "Full screen").click()
    await page.locator("section.card:fullscreen[aria-label='Leads by status']").waitFor()
    await page.keyboard.press("f")
    await page.locator("section.card:fullscreen").waitFor({ state: "detached" })
    await page.close()
  })

  it("duplicates the card into an edit, and in its set-up Escape closes only the explanation", async () => {
    const { page } = await shown()
    await button(page, "More for Leads by status").click()
    await button(page, "Duplicate").click()
    await button(page, "Save").and(page.locator(":enabled")).waitFor()
    await cardOf(page, "Leads by status").nth(1).waitFor()
    await button(page, "Edit Total new leads").click()
    const setUp = page.getByRole("dialog", { name: "Edit card", exact: true })
    await setUp.locator("section[aria-label='Total new leads'][aria-busy='false']").waitFor()
    await button(page, "More for Total new leads").and(setUp.getByRole("button")).click()
    await button(page, "How this is counted").click()
    const explanation = page.getByRole("dialog", { name: "How “Total new leads” is counted", exact: true })
    await explanation.waitFor()
    await page.keyboard.press("Escape")
    await explanation.waitFor({ state: "detached" })
    assert.isTrue(await setUp.isVisible())
    await setUp.getByRole("button", { name: "Cancel", exact: true }).click()
    await setUp.waitFor({ state: "detached" })
    const url = page.url()
    await button(page, "Save").click()
    await button(page, "Edit").waitFor()
    assert.strictEqual(await cardOf(page, "Leads by status").count(), 2)
    await page.close()
    const reader = await opened(browser(), url, { userId: "user_bea" })
    await drawn(reader.page, 3)
    await button(reader.page, "More for Total new leads").click()
    await button(reader.page, "How this is counted").waitFor()
    assert.strictEqual(await button(reader.page, "Duplicate").count(), 0)
    await reader.page.close()
  })

  it("two cards are duplicated before the report is read, and the edit has both copies", async () => {
    const { page } = await shown()
    const reads = await heldBack(page, /crm-reports\/[\da-f-]{36}$/, "GET")
    for (const name of ["Leads by status", "Total new leads"]) {
      await button(page, `More for ${name}`).click()
      await page.locator(".menu:popover-open").getByRole("button", { name: "Duplicate", exact: true }).click()
    }
    await reads.release()
    for (const name of ["Leads by status", "Total new leads"]) await cardOf(page, name).nth(1).waitFor()
    await page.close()
  })

  it("a card is not said to be duplicated if its report was deleted meanwhile", async () => {
    const { page } = await shown()
    const [id] = /[\da-f-]{36}/.exec(page.url()) ?? []
    await api("DELETE", `/${id}`)
    await button(page, "More for Leads by status").click()
    await button(page, "Duplicate").click()
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor()
    await page.evaluate("new Promise(requestAnimationFrame)")
    assert.deepStrictEqual(await page.evaluate("window.toasts"), [])
    await page.close()
  })

  it("a card is not said to be duplicated if the person leaves before its report is read", async () => {
    const { page } = await shown()
    const reads = await heldBack(page, /crm-reports\/[\da-f-]{36}$/, "GET")
    await button(page, "More for Leads by status").click()
    await button(page, "Duplicate").click()
    await reads.until()
    const cancelled = page.waitForEvent("requestfailed", (request) => /crm-reports\/[\da-f-]{36}$/.test(request.url()))
    await page.evaluate(`location.hash = "#/new"`)
    await cancelled
    await page.getByRole("heading", { name: "New report", exact: true }).waitFor()
    await page.evaluate("new Promise(requestAnimationFrame)")
    assert.deepStrictEqual(await page.evaluate("window.toasts"), [])
    await page.close()
  })

  it("the keyboard opens the timeframe menu at the chosen timeframe, and the arrow keys go through the timeframes", async () => {
    const { page } = await shown("?time=last_12m&by=month")
    await button(page, "Last 12 months, by month").press("Enter")
    await focused(page, "Last 12 months").waitFor()
    await page.keyboard.press("ArrowUp")
    await focused(page, "Last 90 days").press("Enter")
    await focused(page, "Last 90 days, by week").waitFor()
    await page.close()
  })
})
