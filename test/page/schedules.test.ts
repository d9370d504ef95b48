import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { isBrowserMissing, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

const { address, browser } = setting()
const { api, reportWith } = demoApi(address)

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })

const openedSchedule = async (page: Page) => {
  await button(page, "More").click()
  await button(page, "Freeze on a schedule").click()
  await page.getByLabel("How often").waitFor()
}

describe.skipIf(isBrowserMissing)("the schedule of a report on the page", () => {
  it("a schedule is set, shown, and deleted", async () => {
    const id = await reportWith("Frozen each month", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}?people=everyone`))
    await openedSchedule(page)
    await page.getByLabel("How often").selectOption("month")
    await page.getByLabel(/^Time in /).fill("06:30")
    await button(page, "Set schedule").click()
    await said(page, /^From now on/)
    const schedule = await api("GET", `/${id}/freezing`)
    assert.deepInclude(schedule.view, { everyone: true })
    assert.deepInclude(schedule, { every: "month", at: "06:30", createdBy: "user_ana" })
    await openedSchedule(page)
    await page.getByText(/^The next snapshot is due on .* 6:30\sAM/).waitFor()
    assert.strictEqual(await page.getByLabel("How often").inputValue(), "month")
    assert.strictEqual(await page.getByLabel(/^Time in /).inputValue(), "06:30")
    await page.route("**/freezing", (route) =>
      route.request().method() === "DELETE"
        ? route.fulfill({ status: 503, json: { code: "unavailable", message: "It is down." } })
        : route.fallback())
    await button(page, "Delete schedule").click()
    await page.getByRole("dialog").getByRole("alert").getByText("It is down.", { exact: true }).waitFor()
    await page.unroute("**/freezing")
    const { release, until } = await heldBack(page, "**/freezing", "DELETE")
    const deletions: Array<string> = []
    page.on("request", (request) => request.method() === "DELETE" && deletions.push(request.url()))
    await button(page, "Delete schedule").click()
    await until()
    await button(page, "Delete schedule").click()
    await button(page, "Cancel").click()
    await page.getByRole("dialog").waitFor({ state: "detached" })
    await release((route) =>
      route.fulfill({ status: 503, json: { code: "unavailable", message: "It is still down." } })
    )
    await said(page, /^It is still down/)
    assert.lengthOf(deletions, 1)
    await openedSchedule(page)
    await button(page, "Delete schedule").click()
    await said(page, /^The schedule is deleted/)
    assert.strictEqual((await api("GET", `/${id}/freezing`)).code, "freeze_schedule_not_found")
    await page.close()
  })

  it("a form that began with an old schedule shows the newest one, which it would overwrite", async () => {
    const id = await reportWith("Read twice", [stat])
    await api("PUT", `/${id}/freezing`, { every: "week", at: "07:00" })
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await openedSchedule(page)
    const often = page.getByLabel("How often")
    assert.strictEqual(await often.inputValue(), "week")
    await often.selectOption("day")
    await page.route("**/freezing", (route) =>
      route.request().method() === "GET"
        ? route.fulfill({ status: 503, json: { code: "unavailable", message: "It is down." } })
        : route.fallback())
    await button(page, "Set schedule").click()
    await said(page, /^From now on/)
    const { release } = await heldBack(page, "**/freezing", "GET")
    await openedSchedule(page)
    assert.strictEqual(await often.inputValue(), "week")
    const problem = page.getByRole("dialog").getByRole("alert").getByText("It is down.", { exact: true })
    await problem.waitFor()
    await page.getByLabel(/^Time in /).fill("08:00")
    await release()
    await until("the newest schedule", () => often.inputValue(), "day")
    assert.strictEqual(await page.getByLabel(/^Time in /).inputValue(), "08:00")
    await problem.waitFor({ state: "detached" })
    await page.close()
  })

  it("a schedule that has ended says why", async () => {
    const id = await reportWith("No longer frozen", [stat])
    const schedule = await api("PUT", `/${id}/freezing`, { every: "day", at: "07:00" })
    const message = "The creator of the schedule was an admin, and is no longer one."
    const ended = { at: schedule.createdAt, reason: "creator_demoted", message }
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await page.route("**/freezing", (route) => route.fulfill({ json: { ...schedule, nextAt: null, ended } }))
    await openedSchedule(page)
    const alerts = await page.getByRole("dialog").getByRole("alert").allInnerTexts()
    assert.deepStrictEqual(alerts, [`The schedule has ended. ${message}`])
    await page.close()
  })

  it("people who may not change a report see no schedule", async () => {
    const { id } = await api("POST", "", { title: "Shared", visibility: "organization", layout: { widgets: [stat] } })
    const { page } = await opened(browser(), address(`#/reports/${id}`), { userId: "user_bea" })
    await button(page, "More").click()
    await button(page, "Duplicate").waitFor()
    assert.strictEqual(await button(page, "Freeze on a schedule").count(), 0)
    await page.close()
  })
})
