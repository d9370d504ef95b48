import { assert, describe, it } from "@effect/vitest"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { cardOf, labelOf } from "./support/cards.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

describe.skipIf(isBrowserMissing)("viewing reports", () => {
  const { address, browser } = setting()

  it("the page opens with the overview of the demo organization", async () => {
    const { complaints, page } = await opened(browser(), address())
    await drawn(page, 11)
    assert.strictEqual(await page.title(), "Owner's overview · CRM Reports")
    assert.deepStrictEqual(complaints, [])
    assert.deepStrictEqual(await page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))"), [
      "crm-reports.kept org_demo user_ana",
      "crm-reports.person"
    ])
    await page.close()
  })

  it("the team board lists people for an admin, and names the cards for admins in one line to a member", async () => {
    const admin = await opened(browser(), address())
    await admin.page.getByRole("link", { name: "Team board" }).click()
    const board = cardOf(admin.page, "Team")
    await board.getByRole("row").nth(8).waitFor()
    const member = await opened(browser(), address(), { userId: "user_bea" })
    await member.page.getByRole("link", { name: "Team board" }).click()
    await member.page.getByText(/^\d cards are only for admins: .*Deals won by agent/).waitFor()
    assert.strictEqual(await cardOf(member.page, "Deals won by agent").count(), 0)
    assert.strictEqual(await member.page.getByText("Your own numbers").count(), 1)
    await admin.page.close()
    await member.page.close()
  })

  it("an admin who becomes a member sees the numbers as his or her own at the next count", async () => {
    const { page } = await opened(browser(), address())
    await page.getByRole("button", { name: "Everyone" }).waitFor()
    const token = { isExpired: true }
    await page.route("**/app/sign-in", (route) => {
      token.isExpired = false
      const postData = route.request().postData()?.replace("admin", "member")
      return route.continue(postData === undefined ? {} : { postData })
    })
    await page.route(
      "**/metrics/run",
      (route) =>
        token.isExpired
          ? route.fulfill({ status: 401, json: { code: "token_expired", message: "The token has expired." } })
          : route.fallback()
    )
    await page.getByRole("button", { name: "Count again" }).click()
    await page.getByRole("button", { name: /Costa Homes · member/ }).waitFor()
    assert.strictEqual(await page.getByText("Your own numbers").count(), 1)
    assert.strictEqual(await page.getByRole("button", { name: "Everyone" }).count(), 0)
    await page.close()
  })

  it("the chosen timeframe is still chosen after a reload, and chosen dates begin with today in the organization", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    await page.getByRole("button", { name: /^Last 12 months/ }).click()
    const answered = page.waitForResponse("**/metrics/run")
    await page.getByRole("button", { name: "This quarter", exact: true }).click()
    await answered
    await page.getByRole("group", { name: "Timeframe", exact: true }).waitFor({ state: "hidden" })
    assert.match(page.url(), /time=this_quarter&by=week/)
    await page.reload()
    await page.getByRole("button", { name: "This quarter, by week" }).waitFor()
    await page.getByRole("button", { name: "Reset" }).click()
    const usual = page.getByRole("button", { name: "Last 12 months, by month" })
    await usual.waitFor()
    // In Madrid, where the organization is, this is the next day.
    await page.clock.setFixedTime("2026-11-27T23:30:00Z")
    await usual.click()
    await page.getByRole("button", { name: "Custom dates" }).click()
    assert.strictEqual(await page.getByLabel("To, included").inputValue(), "2026-11-28")
    await page.close()
  })

  it("a filter changes only the cards whose metrics have that filter", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    const before = [await labelOf(page, "Total new leads"), await labelOf(page, "Win rate")]
    await page.getByRole("button", { name: "Sources", exact: true }).click()
    const answered = page.waitForResponse("**/metrics/run")
    await page.getByRole("option", { name: "Portal" }).click()
    await answered
    await page.getByRole("button", { name: "Source: Portal", exact: true }).waitFor()
    await page.locator(".card.stale").first().waitFor({ state: "detached" })
    assert.notStrictEqual(await labelOf(page, "Total new leads"), before[0])
    assert.strictEqual(await labelOf(page, "Win rate"), before[1])
    const note = (title: string) => cardOf(page, title).getByText("Not filtered by source")
    await note("Win rate").waitFor({ state: "attached" })
    assert.strictEqual(await note("Total new leads").count(), 0)
    assert.strictEqual(
      await cardOf(page, "Win rate").locator("xpath=self::*[contains(@class, 'unfiltered')]").count(),
      1
    )
    const plots = ["Total new leads", "Win rate", "Average won deal"].map((title) =>
      cardOf(page, title).locator(".plot")
    )
    await until("numbers of one size", async () => {
      const heights = await Promise.all(plots.map(async (plot) => (await plot.boundingBox())?.height))
      return new Set(heights).size
    }, 1)
    await page.close()
  })

  it("a snapshot and a file have the filters, the people and the comparison that the screen shows", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    await page.getByRole("button", { name: "Sources", exact: true }).click()
    await page.getByRole("option", { name: "Portal" }).click()
    const ran = page.waitForRequest("**/metrics/run")
    await page.getByRole("button", { name: "Previous period" }).click()
    const { widgets: _widgets, ...shown } = (await ran).postDataJSON()
    assert.deepStrictEqual([shown.filters, shown.everyone, shown.comparePrevious], [{ source: ["portal"] }, true, true])
    assert.match(page.url(), /source=portal&compare=previous/)
    await page.locator(".card.stale").first().waitFor({ state: "detached" })
    const total = await labelOf(page, "Total new leads")
    await page.getByRole("button", { name: "More", exact: true }).click()
    const filed = page.waitForRequest((request) => request.headers()["accept"] === "text/csv")
    await page.getByRole("button", { name: "CSV", exact: true }).click()
    assert.deepStrictEqual((await filed).postDataJSON(), shown)
    await page.keyboard.press("Escape")
    await page.getByRole("button", { name: "Freeze", exact: true }).click()
    await page.getByRole("dialog").getByText("Source: Portal", { exact: true }).waitFor()
    const frozen = page.waitForRequest("**/snapshots")
    await page.getByRole("button", { name: "Freeze", exact: true }).last().click()
    const { title: _title, ...kept } = (await frozen).postDataJSON()
    assert.deepStrictEqual(kept, shown)
    await page.locator(".frozen .description").getByText("Source: Portal").waitFor()
    await drawn(page, 11)
    assert.strictEqual(await labelOf(page, "Total new leads"), total)
    await page.close()
  })

  it("the skip link moves the focus to the content", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.locator("main:focus").waitFor()
    await page.close()
  })

  it("if a report cannot be drawn, the page says so, and other reports can be opened", async () => {
    const { page } = await opened(browser(), address("#/new"))
    const broken = "00000000-0000-4000-8000-000000000000"
    await page.route(`**/crm-reports/${broken}`, (route) => route.fulfill({ json: { title: "Broken" } }))
    await page.evaluate(`location.hash = "#/reports/${broken}"`)
    await page.getByRole("heading", { name: "This cannot be shown now" }).waitFor()
    await page.getByRole("link", { name: "Pipeline" }).click()
    await page.getByRole("heading", { level: 1, name: "Pipeline" }).waitFor()
    await page.close()
  })

  it("the sidebar lists all reports, also those after the first hundred", async () => {
    const { page } = await opened(browser(), "about:blank")
    await page.route("**/crm-reports?*", (route) => {
      const at = new URL(route.request().url()).searchParams.get("page")
      const results = Array.from({ length: at === "1" ? 100 : 1 }, (_, index) => ({
        id: `${at}-${index}`,
        title: `Report ${at}-${index}`,
        visibility: "organization"
      }))
      return route.fulfill({ json: { results, total: 101 } })
    })
    await page.goto(address("#/new"))
    await page.getByRole("link", { name: "Report 2-0" }).waitFor()
    assert.strictEqual(await page.getByRole("link", { name: /^Report/ }).count(), 101)
    await page.close()
  })

  it("the page opens in a browser that forbids storage", async () => {
    const { page } = await opened(browser(), "about:blank")
    await page.addInitScript({
      content: `for (const storage of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, storage, { get() { throw new DOMException("denied") } })
      }`
    })
    await page.goto(address("#/new"))
    await page.getByRole("button", { name: /Empty report/ }).waitFor()
    await page.close()
  })

  it("a tooltip shows the number of the point under the mouse pointer", async () => {
    const { complaints, page } = await opened(browser(), address())
    await drawn(page, 11)
    const box = await cardOf(page, "Won value").locator(".plot svg").boundingBox()
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) * 0.25, (box?.y ?? 0) + (box?.height ?? 0) / 2, {
      steps: 4
    })
    await page.locator(".tip").getByText("€").waitFor()
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })
})
