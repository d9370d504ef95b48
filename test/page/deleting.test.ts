import { assert, describe, it } from "@effect/vitest"
import type { Locator, Page } from "playwright-core"
import { deletedNow, isBrowserMissing, opened, toast, toastsEnded } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { discard } from "./support/discard.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })
const nothing = (page: Page) => page.getByRole("heading", { name: "There is nothing here" }).waitFor()
const saved = (page: Page) => button(page, "Edit").waitFor()

const { address, browser } = setting()
const { api, reportWith } = demoApi(address)

/** The grid of an edit is loaded, and closes an open menu when it is shown. Then the menu is opened again. */
const remove = (page: Page, more: Locator) => {
  const item = page.locator(".menu:popover-open").getByRole("button", { name: "Remove", exact: true })
  return until("the removal of a card", async () => {
    if (!(await item.isVisible())) await more.click()
    return item.click({ timeout: 2_000 }).then(() => true, () => false)
  })
}

describe.skipIf(isBrowserMissing)("a report or snapshot that is deleted", () => {
  it("after the first report of the list is deleted, the page shows another report, also after Back", async () => {
    const { id } = await api("POST", "", { title: "First", visibility: "organization", layout: { widgets: [] } })
    const { page } = await opened(browser(), address())
    await page.getByRole("heading", { level: 1, name: "First" }).waitFor()
    await button(page, "More").click()
    await button(page, "Delete").click()
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click()
    await page.getByRole("heading", { level: 1, name: "Costa Homes" }).waitFor()
    await page.waitForURL(({ href }) => !href.includes(id))
    await page.getByRole("link", { name: "First", exact: true }).waitFor({ state: "detached" })
    await deletedNow(page, "First")
    await page.goBack()
    await nothing(page)
    await page.close()
  })

  it("a report that somebody else deleted is gone from the page when it is opened again", async () => {
    const id = await reportWith("Theirs to delete", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await saved(page)
    await page.getByRole("link", { name: "New report" }).click()
    await page.getByRole("heading", { name: "New report" }).waitFor()
    await api("DELETE", `/${id}`)
    await page.evaluate(`{ const now = Date.now; Date.now = () => now() + 60_000 }`)
    await page.goBack()
    await nothing(page)
    await page.close()
  })

  it("after a snapshot is deleted, Back does not show it", async () => {
    const { id } = await api("POST", `/${await reportWith("Frozen", [stat])}/snapshots`, { title: "Once" })
    const { page } = await opened(browser(), address(`#/snapshots/${id}`))
    await button(page, "More").click()
    await button(page, "Delete snapshot").click()
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click()
    await toast(page, "“Once” is deleted in 12 seconds").waitFor()
    assert.strictEqual((await api("GET", `/snapshots/${id}`)).title, "Once")
    const answered = page.waitForResponse((response) => response.request().method() === "DELETE")
    await toastsEnded(page)
    await (await answered).finished()
    await page.goBack()
    await nothing(page)
    await page.close()
  })

  it.each([
    ["report", "Delete", "by Ctrl+Z"],
    ["snapshot", "Delete snapshot", "by its button"]
  ])("a %s whose deletion is undone is shown again, and was never deleted", async (kind, entry, how) => {
    const report = await reportWith("Undone", [stat])
    const { id } = kind === "report" ? { id: report } : await api("POST", `/${report}/snapshots`, { title: "Undone" })
    const { page } = await opened(browser(), address(`#/${kind}s/${id}`))
    const deletions: Array<string> = []
    page.on("request", (request) => {
      if (request.method() === "DELETE") deletions.push(request.url())
    })
    await button(page, "More").click()
    await button(page, entry).click()
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click()
    await page.waitForURL(({ href }) => !href.endsWith(id))
    const undo = toast(page, "“Undone” is deleted").getByRole("button", { name: "Undo", exact: true })
    await undo.waitFor()
    await (how === "by Ctrl+Z" ? page.keyboard.press("Control+z") : undo.click())
    await page.waitForURL(({ href }) => href.endsWith(id))
    await page.getByRole("heading", { level: 1, name: "Undone" }).and(page.locator(":focus")).waitFor()
    await toast(page, "“Undone” is deleted").waitFor({ state: "detached" })
    if (kind === "report") await page.getByRole("link", { name: "Undone" }).waitFor()
    await toastsEnded(page)
    await page.reload()
    await page.getByRole("heading", { level: 1, name: "Undone" }).waitFor()
    assert.deepStrictEqual(deletions, [])
    await page.close()
  })

  it("a deletion goes on in another language, and is not sent after another person is chosen", async () => {
    const body = { title: "Waiting", visibility: "organization", layout: { widgets: [] } }
    const { id } = await api("POST", "", body)
    const { page } = await opened(browser(), address(`#/reports/${id}`), { locale: "en-AU" })
    const deletions: Array<string> = []
    page.on("request", (request) => {
      if (request.method() === "DELETE") deletions.push(request.url())
    })
    const link = page.getByRole("link", { name: "Waiting", exact: true })
    const waiting = toast(page, "“Waiting” is deleted")
    const remove = async () => {
      await page.getByRole("heading", { level: 1, name: "Waiting" }).waitFor()
      await button(page, "More").click()
      await button(page, "Delete").click()
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click()
      await link.waitFor({ state: "detached" })
    }
    await remove()
    await page.getByRole("button", { name: /^Signed in as/ }).click()
    await page.getByRole("combobox", { name: "Language" }).selectOption("Deutsch")
    await page.getByRole("button", { name: /^Angemeldet als/ }).click()
    await page.getByRole("combobox", { name: "Sprache" }).selectOption("Wie im Browser")
    await page.getByRole("button", { name: /^Signed in as/ }).waitFor()
    await page.getByRole("link", { name: /^Activity/ }).waitFor()
    assert.strictEqual(await link.count(), 0)
    await waiting.getByRole("button", { name: "Undo", exact: true }).click()
    await link.waitFor()
    await remove()
    await page.getByRole("button", { name: /^Signed in as/ }).click()
    await page.getByRole("button", { name: /^Bea/ }).click()
    await link.waitFor()
    assert.strictEqual(await waiting.count(), 0)
    await toastsEnded(page)
    await page.reload()
    await link.waitFor()
    assert.deepStrictEqual(deletions, [])
    await page.close()
  })

  it("a removed card is brought back by its toast, while the report is edited and after it is saved", async () => {
    const widgets = ["leads.total", "deals.win_rate", "tasks.overdue"].map((metricId, at) => (
      { ...stat, instanceId: `card${at}`, metricId, x: at * 4, w: 4 }
    ))
    const id = await reportWith("Removing", widgets)
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await button(page, "Edit").click()
    const removed = async () => {
      await remove(page, button(page, "More for Win rate"))
      await cardOf(page, "Win rate").waitFor({ state: "detached" })
      return toast(page, "“Win rate” removed").last().getByRole("button", { name: "Undo", exact: true })
    }
    await (await removed()).click()
    await cardOf(page, "Win rate").waitFor()
    const undo = await removed()
    await button(page, "Save").click()
    await saved(page)
    await undo.click()
    await cardOf(page, "Win rate").waitFor()
    await button(page, "Save").click()
    await saved(page)
    const { layout } = await api("GET", `/${id}`)
    assert.deepStrictEqual(layout.widgets, widgets)
    await page.close()
  })

  it("a removed card is not brought back after its edit is discarded, or after a new report is saved", async () => {
    const { page } = await opened(browser(), address(`#/reports/${await reportWith("Discarding", [stat])}`))
    const undo = toast(page, "removed").getByRole("button", { name: "Undo", exact: true })
    const removed = async () => {
      await remove(page, page.getByRole("button", { name: /^More for / }).first())
      await undo.waitFor()
    }
    await button(page, "Edit").click()
    await removed()
    await discard(page)
    await saved(page)
    await undo.waitFor({ state: "detached" })
    await page.goto(address("#/new"))
    await page.getByRole("button", { name: /^Pipeline/ }).click()
    await removed()
    await removed()
    await until("the message of the last removal only", () => undo.count(), 1)
    await button(page, "Save").click()
    await saved(page)
    await undo.waitFor({ state: "detached" })
    await page.close()
  })
})
