import { assert, describe, it } from "@effect/vitest"
import { drawn, isBrowserMissing, opened, said } from "./support/browser.ts"
import { labelOf, numberIn } from "./support/cards.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
import { setting } from "./support/setting.ts"

describe.skipIf(isBrowserMissing)("a report whose records are older than the timeframe", () => {
  const { address, browser } = setting()
  const { api, reportWith } = demoApi(address)
  const later = "?time=custom&from=9000-01-01&to=9000-01-31&by=day"
  const calls = { ...stat, instanceId: "b", metricId: "calls.by_outcome", chart: "bar", x: 3, w: 6 }

  it("an admin reads when the newest records are from, and one click shows the year until then", async () => {
    const id = await reportWith("Old", [stat, calls])
    const { complaints, page } = await opened(browser(), address(`#/reports/${id}${later}`))
    const notice = page.getByRole("region", { name: "Newest records" })
    // The older one of the two comes first.
    const said = await notice.innerText()
    assert.match(said, /Newest lead: \w{3} \d+, 20\d\d\./)
    assert.match(said, /Newest call: \w{3} \d+, 20\d\d\./)
    assert.strictEqual(await labelOf(page, "Total new leads"), "Total new leads: 0, no change from 0")
    await notice.getByRole("button", { name: "Show the year until then" }).click()
    await notice.waitFor({ state: "detached" })
    await drawn(page, 2)
    assert.match(page.url(), /time=custom&by=month&from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$/)
    await page.locator(".card.stale").first().waitFor({ state: "detached" })
    assert.isAbove(numberIn(await labelOf(page, "Total new leads")), 0)
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("the newest records are those of the people and the filters of the view", async () => {
    const id = await reportWith("Filtered", [stat])
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    const asked = page.waitForRequest("**/metrics/records")
    const hash = `#/reports/${id}${later}&people=user_bea&source=portal`
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
    const { assigneeIds, everyone, filters, limit, timeframe, widget } = (await asked).postDataJSON()
    assert.deepStrictEqual([assigneeIds, everyone, filters], [["user_bea"], undefined, { source: ["portal"] }])
    // In Madrid, where the organization is, this is midnight.
    assert.deepStrictEqual([limit, widget.timeframe.to], [1, "8999-12-31T23:00:00.000Z"])
    assert.strictEqual(timeframe.from, "9000-01-01")
    await page.close()
  })

  it("a report with one number in its timeframes has no such notice", async () => {
    const ever = { ...stat, timeframe: { preset: "all_time", bucket: "day" } }
    const id = await reportWith("Some", [ever, calls])
    const { page } = await opened(browser(), address(`#/reports/${id}${later}`))
    await drawn(page, 2)
    assert.isAbove(numberIn(await labelOf(page, "Total new leads")), 0)
    assert.strictEqual(await page.getByRole("region", { name: "Newest records" }).count(), 0)
    await page.close()
  })

  it("the newest records have the day in the time zone of the report, and the year ends on this day", async () => {
    const defaultTimeframe = {
      preset: "custom",
      from: "9000-01-01",
      to: "9000-01-31",
      bucket: "day",
      timeZone: "Pacific/Kiritimati"
    }
    const { id } = await api("POST", "", { title: "Far east", defaultTimeframe, layout: { widgets: [stat] } })
    const { page } = await opened(browser(), address())
    await page.route("**/metrics/records", async (route) => {
      const response = await route.fetch()
      const { results: [newest], ...rest } = await response.json()
      await route.fulfill({ response, json: { ...rest, results: [{ ...newest, at: "2026-01-31T12:00:00.000Z" }] } })
    })
    await page.evaluate(`location.hash = "#/reports/${id}"`)
    const notice = page.getByRole("region", { name: "Newest records" })
    await notice.getByText("Newest lead: Feb 1, 2026.").waitFor()
    await notice.getByRole("button", { name: "Show the year until then" }).click()
    await page.waitForURL(/from=2025-02-01&to=2026-02-01$/)
    await page.close()
  })

  it("one click in an empty card shows the year until its newest record", async () => {
    const ever = { ...stat, timeframe: { preset: "all_time", bucket: "day" } }
    const rate = { ...stat, instanceId: "b", metricId: "deals.win_rate", x: 3 }
    const id = await reportWith("One is empty", [ever, rate])
    const { page } = await opened(browser(), address(`#/reports/${id}${later}`))
    const newest = page.getByRole("button", { name: "Show the newest", exact: true })
    await newest.click()
    await said(page, /^Newest deal: \w{3} \d+, 20\d\d/)
    await page.waitForURL(/time=custom&by=month&from=20/)
    await newest.waitFor({ state: "detached" })

    // If the view changes before the answer comes, the request ends, and the newer view stays.
    const show = (hash: string) => page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
    await show(`#/reports/${id}${later}`)
    await newest.waitFor()
    const { until } = await heldBack(page, "**/metrics/records", "POST")
    await newest.click()
    await until()
    const cancelled = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/metrics/records"))
    await show(`#/reports/${id}?time=all_time&by=year`)
    await cancelled
    assert.match(page.url(), /time=all_time&by=year$/)
    assert.strictEqual(await page.getByText("AbortError").count(), 0)
    await page.close()
  })
})
