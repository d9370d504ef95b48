import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { setting } from "./support/setting.ts"

describe.skipIf(isBrowserMissing)("home", () => {
  const { address, browser } = setting()
  const { api, reportWith } = demoApi(address)
  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name })

  it("home is the favourite report, or the last opened one", async () => {
    const { page } = await opened(browser(), address())
    await heading(page, "Owner's overview").waitFor()
    await page.getByRole("link", { name: "Pipeline" }).click()
    await heading(page, "Pipeline").waitFor()
    await page.goto(address("#/new"))
    await page.goto(address("#/"))
    await heading(page, "Pipeline").waitFor()
    const star = page.getByRole("button", { name: "“Activity” is a favourite" })
    await star.focus()
    await page.keyboard.press("Enter")
    await page.getByRole("heading", { level: 2, name: "Favourites" }).waitFor()
    await page.goto(address("#/new"))
    await page.reload()
    await page.goto(address("#/"))
    await heading(page, "Activity").waitFor()
    assert.strictEqual(await star.getAttribute("aria-pressed"), "true")
    await page.close()
  })

  it("favourites are moved up by hand", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page)
    for (const title of ["Activity", "Pipeline"]) {
      const star = page.getByRole("button", { name: `“${title}” is a favourite`, exact: true })
      await star.focus()
      await page.keyboard.press("Enter")
      await star.and(page.locator("[aria-pressed=true]:focus")).waitFor()
    }
    const up = page.getByRole("button", { name: "“Pipeline” one place up", exact: true })
    await up.focus()
    await page.keyboard.press("Enter")
    await up.and(page.locator("[aria-disabled=true]:focus")).waitFor()
    await page.keyboard.press("Enter")
    const [first] = await page.locator(".side-lists section").first().getByRole("link").allInnerTexts()
    assert.strictEqual(first, "Pipeline")
    await page.close()
  })

  it("the search makes the open report a favourite, takes this back, and chooses a timeframe", async () => {
    const { page } = await opened(browser(), address(`#/reports/${await reportWith("Starred", [stat])}`))
    await drawn(page)
    const run = async (text: string, name: string) => {
      await page.keyboard.press("Control+k")
      await page.getByRole("combobox").fill(text)
      await page.getByRole("option", { name, selected: true }).waitFor()
      await page.keyboard.press("Enter")
      await page.getByRole("combobox").waitFor({ state: "detached" })
    }
    const favourites = page.getByRole("heading", { level: 2, name: "Favourites", exact: true })
    await run("favourite", "Add to favourites")
    await favourites.waitFor()
    await run("favorite", "Remove from favourites")
    await favourites.waitFor({ state: "detached" })
    await page.keyboard.press("Control+k")
    const timeframes = page.getByRole("option", { name: /^(Last|This) (year|90 days)/ })
    await page.getByRole("option").nth(11).waitFor()
    assert.strictEqual(await timeframes.count(), 0)
    await page.getByRole("combobox").fill("timeframe")
    await page.getByRole("option", { name: "All time" }).waitFor()
    assert.strictEqual(await timeframes.count(), 3)
    await page.keyboard.press("Escape")
    await page.getByRole("combobox").waitFor({ state: "detached" })
    await run("last 90", "Last 90 days")
    await page.waitForURL(/time=last_90d&/)
    await page.getByRole("button", { name: /^Last 90 days/ }).waitFor()
    await page.close()
  })

  it("home is not a report of which only admins get numbers, if the reader is a member", async () => {
    const widget = { metricId: "team.leads_by_agent", chart: "leaderboard", x: 0, y: 0, w: 6, h: 8 }
    const closed = await reportWith("For admins", [{ instanceId: "a", ...widget }])
    await api("PATCH", `/${closed}`, { visibility: "organization" })
    const { page } = await opened(browser(), address(), { userId: "user_bea" })
    await heading(page, "Owner's overview").waitFor()
    await page.getByRole("link", { name: "For admins", exact: true }).click()
    await page.getByText("1 card is only for admins: Leads by agent", { exact: true }).waitFor()
    await page.goto(address("#/"))
    await heading(page, "Owner's overview").waitFor()
    await api("DELETE", `/${closed}`)
    await page.close()
  })

  it("a report that is opened in another tab stays the last opened one", async () => {
    const { page } = await opened(browser(), address(`#/reports/${await reportWith("In one tab", [stat])}`))
    await page.getByRole("heading", { name: /^In one tab/ }).waitFor()
    const place = "crm-reports.kept org_demo user_ana"
    const kept = async () => JSON.parse(String(await page.evaluate(`localStorage.getItem("${place}")`)))
    const { opened: [here] } = await kept()
    const next = { favourites: [here], opened: ["elsewhere", here] }
    await page.evaluate(`
      localStorage.setItem("${place}", ${JSON.stringify(JSON.stringify(next))})
      dispatchEvent(new StorageEvent("storage", { key: "${place}" }))
    `)
    await page.getByRole("navigation").getByRole("heading", { name: "Favourites" }).waitFor()
    assert.deepStrictEqual(await kept(), next)
    await page.close()
  })
})
