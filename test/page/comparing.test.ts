import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { isBrowserMissing, opened } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { demoApi } from "./support/demoApi.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

const widgets = [
  { instanceId: "a", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 3, h: 3 },
  { instanceId: "b", metricId: "leads.by_status", chart: "donut", x: 3, y: 0, w: 6, h: 7 },
  { instanceId: "c", metricId: "leads.created_over_time", chart: "area", x: 0, y: 7, w: 6, h: 7 }
]

const month = { everyone: true, timeframe: { preset: "last_month", bucket: "week" } }

describe.skipIf(isBrowserMissing)("comparing snapshots", () => {
  const { address, browser } = setting()
  const { api, reportWith } = demoApi(address)

  const frozen = async (...views: ReadonlyArray<object>) => {
    const report = await reportWith("Compared", widgets)
    const ids: Array<string> = []
    for (const [index, view] of views.entries()) {
      // The list of snapshots has them in the order in which they were made.
      // oxlint-disable-next-line no-await-in-loop
      const { id } = await api("POST", `/${report}/snapshots`, { title: `Snapshot ${index + 1}`, ...view })
      ids.push(id)
    }
    return { report, ids }
  }

  const summary = (page: Page, text: RegExp) => page.getByRole("status").filter({ hasText: text })
  const cells = async (page: Page, title: string) =>
    Promise.all(
      (await cardOf(page, title).locator("tbody tr").all()).map((row) => row.getByRole("cell").allInnerTexts())
    )

  it("from its report, two clicks compare a snapshot with now, and unchanged numbers have no difference", async () => {
    const { report } = await frozen(month)
    const { complaints, page } = await opened(browser(), address(`#/reports/${report}`))
    await page.getByRole("button", { name: "Snapshots 1" }).click()
    await page.getByRole("dialog").getByRole("link", { name: "Compare with now" }).click()
    await summary(page, /compared with now/).waitFor()
    assert.include(await cardOf(page, "Total new leads").innerText(), "no change")
    const rows = await cells(page, "Leads by status")
    assert.isAbove(rows.length, 3)
    for (const [value, other, difference] of rows) assert.deepStrictEqual([other, difference], [value, "no change"])
    const changes = page.getByRole("button", { name: "Only changes", exact: true })
    await changes.click()
    await summary(page, /^3 cards without a change are hidden\.$/).waitFor()
    assert.strictEqual(await page.locator(".card").count(), 0)
    await page.waitForURL(/with=live&show=changes$/)
    await page.reload()
    await changes.and(page.locator("[aria-pressed=true]")).click()
    await cardOf(page, "Leads by status").waitFor()
    await page.getByRole("link", { name: "End the comparison" }).click()
    await page.locator(".plot svg").nth(2).waitFor()
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("from its page, two clicks compare a snapshot with another one, with the numbers of the API", async () => {
    const { ids: [one, other] } = await frozen(month, { everyone: true, timeframe: { preset: "all_time" } })
    const { page } = await opened(browser(), address(`#/snapshots/${one}`))
    await page.getByRole("button", { name: "Compare", exact: true }).click()
    await page.getByRole("button", { name: "Snapshot 2" }).click()
    await summary(page, /compared with the snapshot/).waitFor()
    assert.match(page.url(), new RegExp(`#/snapshots/${one}\\?with=${other}$`))
    const { widgets: [total, statuses] } = await api("GET", `/snapshots/${one}/compare?with=${other}`)
    assert.deepStrictEqual(
      (await cells(page, "Leads by status")).map(([value, with_]) => [Number(value), Number(with_)]),
      statuses.points.map((point: { value: number; other: number }) => [point.value, point.other])
    )
    const [{ difference, other: all, percent, value }] = total.points
    assert.isAbove(difference, 0)
    assert.deepStrictEqual(
      (await cardOf(page, "Total new leads").locator(".compared-number").innerText()).split(/\s+/),
      [
        ...`${value} → ${all}`.split(" "),
        `+${difference}`,
        `(+${percent.toLocaleString("en")}%)`
      ]
    )
    await page.setViewportSize({ width: 1024, height: 768 })
    const hidden = `[...document.querySelectorAll(".card-table")].map((table) => table.scrollWidth - table.clientWidth)`
    await until("all columns", () => page.evaluate(hidden), [0])
    await page.close()
  })

  it("the search compares the snapshot that is shown with now", async () => {
    const { ids: [one] } = await frozen(month)
    const { page } = await opened(browser(), address(`#/snapshots/${one}`))
    await page.getByRole("button", { name: "Compare", exact: true }).waitFor()
    await page.keyboard.press("Control+k")
    await page.getByRole("combobox").fill("comparison")
    await page.getByRole("option", { name: "Compare with now", selected: true }).waitFor()
    await page.keyboard.press("Enter")
    await summary(page, /compared with now/).waitFor()
    await page.close()
  })

  it("a card that cannot be compared says why", async () => {
    const { ids: [one, other] } = await frozen(
      month,
      { ...month, everyone: false, assigneeIds: ["user_bea"] },
      { ...month, timeframe: { preset: "last_month", bucket: "day" } }
    )
    const { page } = await opened(browser(), address(`#/snapshots/${one}?with=${other}`))
    await cardOf(page, "Total new leads").getByText("The two sides count the rows of different people.").waitFor()
    assert.strictEqual(await page.getByText("Not comparable").count(), widgets.length)
    await page.getByRole("button", { name: "Compare", exact: true }).click()
    await page.getByRole("button", { name: "Snapshot 3" }).click()
    await cardOf(page, "New leads").getByText("The card has steps of different sizes.").waitFor()
    await page.close()
  })

  it("a comparison with a snapshot that does not exist shows the error", async () => {
    const { ids: [one] } = await frozen(month)
    const { page } = await opened(browser(), address(`#/snapshots/${one}?with=00000000-0000-4000-8000-000000000000`))
    await page.getByRole("alert").getByText("Try again").waitFor()
    await page.getByRole("link", { name: "End the comparison" }).waitFor()
    await page.close()
  })
})
