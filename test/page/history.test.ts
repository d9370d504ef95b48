import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { historySeries } from "../../src/page/history/historySeries.ts"
import { setTimeZone } from "../../src/page/shell/messages.ts"
import { isBrowserMissing, opened, said } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { demoApi } from "./support/demoApi.ts"
import { setting } from "./support/setting.ts"

const { address, browser } = setting()
const { api } = demoApi(address)

const pipeline = { instanceId: "a", metricId: "deals.pipeline_value", chart: "stat", x: 0, y: 0, w: 4, h: 4 }
const leads = { instanceId: "b", metricId: "leads.created_over_time", chart: "area", x: 4, y: 0, w: 8, h: 4 }

const sharedReport = async (): Promise<string> =>
  (await api("POST", "", { title: "Shared", visibility: "organization", layout: { widgets: [pipeline, leads] } })).id

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })

/** Opens the menu of a card, and returns its entry of the history. */
const entryOf = async (page: Page, title: string) => {
  await cardOf(page, title).locator(".plot svg").waitFor()
  await button(page, `More for ${title}`).click()
  await button(page, "How this is counted").waitFor()
  return button(page, "Over time")
}

const openedHistory = async (page: Page) => (await entryOf(page, "Pipeline value")).click()

describe.skipIf(isBrowserMissing)("a number over time on the page", () => {
  it("the history of a number without a past shows each snapshot, gaps with their reasons, and the schedule", async () => {
    const id = await sharedReport()
    const { complaints, page } = await opened(browser(), address(`#/reports/${id}`))
    const loaded: Array<string> = []
    page.on("request", (request) => loaded.push(request.url()))
    const dialog = page.getByRole("dialog")
    assert.strictEqual(await (await entryOf(page, "New leads")).count(), 0)
    await page.keyboard.press("Escape")
    await button(page, "How this is counted").waitFor({ state: "detached" })
    assert.isFalse(loaded.some((url) => url.includes("OverTime")))
    await openedHistory(page)
    await dialog.getByText("there are none yet").waitFor()
    assert.isTrue(loaded.some((url) => url.includes("OverTime")))
    await dialog.getByRole("button", { name: "Freeze on a schedule" }).click()
    await dialog.getByLabel("How often").waitFor()
    await dialog.getByRole("button", { name: "Set schedule" }).click()
    await said(page, /^From now on/)
    await dialog.getByText("The next snapshot is due on").waitFor()
    await page.keyboard.press("Escape")

    await api("POST", `/${id}/snapshots`, { title: "Own", assigneeIds: [] })
    await api("POST", `/${id}/snapshots`, { title: "All", everyone: true })
    await page.reload()
    await openedHistory(page)
    await dialog.getByLabel("Pipeline value over time: 1 snapshot, 1 gap. The table shows every number.").waitFor()
    const rows = await dialog.getByRole("row").allInnerTexts()
    assert.lengthOf(rows, 3)
    assert.match(String(rows[1]), /€/)
    assert.include(rows[2], "The snapshot counts the rows of other people.")
    await dialog.getByText("Everything in the organization").waitFor()
    await dialog.getByRole("link").first().click()
    await page.getByRole("heading", { name: "All Frozen" }).waitFor()
    assert.strictEqual(await dialog.count(), 0)
    // A report without a schedule answers 404.
    assert.deepStrictEqual(complaints.filter((one) => !one.includes("status of 404")), [])
    await page.close()
  })

  it("a member sees only own snapshots in a history, and no schedule of a report of somebody else", async () => {
    const id = await sharedReport()
    await api("POST", `/${id}/snapshots`, { title: "All", everyone: true })
    const { page } = await opened(browser(), address(`#/reports/${id}`), { userId: "user_bea" })
    await openedHistory(page)
    await page.getByRole("dialog").getByText("there are none yet").waitFor()
    assert.strictEqual(await page.getByText("schedule").count(), 0)
    await page.close()
  })
})

describe("the series of a history", () => {
  it.each(["Europe/Madrid", "Atlantis/Poseidonis"])("in %s, each snapshot has a place with its local day", (zone) => {
    // The browser does not know the second zone, so it takes that of the organization.
    setTimeZone("Europe/Madrid")
    const id = "00000000-0000-4000-8000-000000000001"
    const meta = { unit: "money", currency: "EUR", scope: { kind: "own", members: 1 }, additive: true } as const
    const [before, after] = ["2026-10-24T22:30:00Z", "2026-10-25T22:30:00Z"]
    const made = historySeries({
      instanceId: "a",
      shape: "timeseries",
      series: [{ key: "value", label: "Pipeline value" }],
      points: [{ bucket: before, value: 5 }, { bucket: after, value: null }],
      stat: null,
      meta: { ...meta, filters: { applied: {}, ignored: [] }, asOf: after },
      snapshots: [{ id, createdAt: before }, { id, createdAt: after, gap: { reason: "scope", message: "…" } }],
      truncated: false
    }, zone)
    setTimeZone(undefined)
    // A gap has no number.
    assert.deepStrictEqual(made?.points, [{ bucket: "2026-10-25", value: 5 }, { bucket: "2026-10-25", value: null }])
    // The snapshots may be those of other people.
    assert.deepStrictEqual(made?.meta.scope, { kind: "members", members: 1 })
  })
})
