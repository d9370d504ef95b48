import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { asksToLeave, deletedNow, drawn, isBrowserMissing, opened, said } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { discard } from "./support/discard.ts"
import { tabTo } from "./support/hands.ts"
import { setting } from "./support/setting.ts"

const three = [["leads.total", "stat"], ["deals.win_rate", "radial"], ["calls.connect_rate", "stat"]].map(
  ([metricId, chart], index) => ({ ...stat, instanceId: `card${index}`, metricId, chart, x: index * 4, w: 4 })
)

const saved = (page: Page) => page.getByRole("button", { name: "Edit", exact: true }).waitFor()

const addByMouse = async (page: Page, title: string) => {
  await page.getByRole("button", { name: "Add a card" }).first().click()
  await page.getByRole("searchbox").fill(title)
  await page.locator(".metric", { has: page.getByText(title, { exact: true }) }).first().click()
  await page.getByRole("button", { name: "Add to report" }).click()
}

const places = (page: Page, title: string) =>
  page.locator(".react-grid-item", { has: cardOf(page, title) }).getAttribute("style")

/** Waits until the card is at this place. The grid draws a changed layout some frames later. */
const isAt = (page: Page, title: string, place: string | null) =>
  page.locator(`.react-grid-item[style="${place}"]`, { has: cardOf(page, title) }).waitFor()

const isElsewhere = (page: Page, title: string, place: string | null) =>
  page.locator(`.react-grid-item:not([style="${place}"])`, { has: cardOf(page, title) }).waitFor()

describe.skipIf(isBrowserMissing)("the report editor", () => {
  const { address, browser } = setting()
  const { api, reportWith } = demoApi(address)

  it("a card is dragged with the mouse, and the move is undone and redone", async () => {
    const { complaints, page } = await opened(browser(), address(`#/reports/${await reportWith("Dragged", three)}`))
    await page.getByRole("button", { name: "Edit", exact: true }).click()
    const before = await places(page, "Connect rate")
    const box = await cardOf(page, "Connect rate").locator(".card-head h2").boundingBox()
    const [x, y] = [(box?.x ?? 0) + 4, (box?.y ?? 0) + 6]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - 600, y + 200, { steps: 12 })
    await page.mouse.up()
    await isElsewhere(page, "Connect rate", before)
    await page.getByRole("button", { name: "Undo" }).click()
    await isAt(page, "Connect rate", before)
    await page.getByRole("button", { name: "Redo" }).click()
    await isElsewhere(page, "Connect rate", before)
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("a card is moved and resized with the keyboard alone, and each step is announced and undone", async () => {
    const { page } = await opened(browser(), address(`#/reports/${await reportWith("Arranged", three)}`))
    await tabTo(page.getByRole("button", { name: "Edit", exact: true }))
    await page.keyboard.press("Enter")
    await tabTo(page.getByRole("button", { name: /^Move Win rate/ }))
    const before = await places(page, "Win rate")
    const announced = (place: RegExp) => page.getByText(place).waitFor({ state: "attached" })
    await page.keyboard.press("ArrowLeft")
    await announced(/^Win rate: Column 1, row 1, 4 wide, 3 high$/)
    await page.keyboard.press("Shift+ArrowDown")
    await announced(/^Win rate: .* 4 high$/)
    await isElsewhere(page, "Win rate", before)
    for (let steps = 0; steps < 2; steps++) await page.keyboard.press("Control+z")
    await isAt(page, "Win rate", before)
    await page.keyboard.press("Shift+ArrowDown")
    await page.keyboard.press("Control+s")
    await saved(page)
    await page.close()
  })

  it("saving a card stores only the chosen title, chart, grouping, timeframe and filters", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /Empty report/ }).click()
    await addByMouse(page, "New leads")
    await page.getByRole("button", { name: "Edit New leads" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Title").fill("Portal leads")
    await dialog.getByRole("button", { name: "Bars" }).click()
    await dialog.getByLabel("Split by").selectOption("status")
    await dialog.getByText("Its own timeframe").click()
    await dialog.getByRole("button", { name: "Sources", exact: true }).click()
    await dialog.getByRole("option", { name: "Portal" }).click()
    await dialog.getByRole("button", { name: "Done" }).click()
    const created = page.waitForRequest((request) =>
      request.method() === "POST" && request.url().endsWith("/crm-reports")
    )
    await page.getByRole("button", { name: "Save", exact: true }).click()
    const { layout } = (await created).postDataJSON()
    const [{ instanceId: _id, ...widget }] = layout.widgets
    assert.deepStrictEqual(widget, {
      metricId: "leads.created_over_time",
      chart: "bar",
      w: 6,
      h: 7,
      x: 0,
      y: 0,
      title: "Portal leads",
      groupBy: "status",
      timeframe: { preset: "last_30d", bucket: "day" },
      filters: { source: ["portal"] }
    })
    await saved(page)
    await page.close()
  })

  it("a report made from a template can be duplicated, and the copy can be deleted", async () => {
    const { page } = await opened(browser(), address("#/reports/new"))
    await page.getByRole("button", { name: /^Pipeline/ }).click()
    await page.getByLabel("Title", { exact: true }).fill("My pipeline")
    await page.getByRole("button", { name: "Save", exact: true }).click()
    await saved(page)
    const menu = page.locator(".menu:popover-open")
    await page.getByRole("button", { name: "More", exact: true }).click()
    await menu.getByRole("button", { name: "Duplicate", exact: true }).click()
    await page.getByRole("heading", { level: 1, name: /^My pipeline \(copy\)/ }).waitFor()
    await page.getByRole("button", { name: "More", exact: true }).click()
    await menu.getByRole("button", { name: "Delete", exact: true }).click()
    await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click()
    await deletedNow(page, "My pipeline (copy)")
    await page.close()
  })

  it("saving again after a lost response creates no second report", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /Empty report/ }).click()
    await page.getByLabel("Title", { exact: true }).fill("Lost answer")
    await page.route("**/crm-reports", async (route) => {
      await route.fetch()
      await route.abort()
    }, { times: 1 })
    await page.getByRole("button", { name: "Save", exact: true }).click()
    await said(page, /^Not saved: .* Your changes are still here/)
    assert.strictEqual(await page.getByLabel("Title", { exact: true }).inputValue(), "Lost answer")
    await page.getByRole("button", { name: "Save", exact: true }).click()
    await saved(page)
    const { results } = await api("GET", "?limit=100")
    assert.strictEqual(results.filter(({ title }: { readonly title: string }) => title === "Lost answer").length, 1)
    await page.close()
  })

  it("unsaved edits of a report are kept while another report is open or somebody else is signed in", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 1)
    await page.getByRole("link", { name: "Activity" }).click()
    await page.getByRole("button", { name: "Edit", exact: true }).click()
    await page.getByLabel("Title", { exact: true }).fill("Activity of today")
    await page.getByRole("link", { name: /^Pipeline/ }).click()
    await page.getByRole("heading", { level: 1, name: /Pipeline/ }).waitFor()
    for (const name of ["Marc Soler", "Ana Ferrer"]) {
      await page.getByRole("button", { name: /^Signed in as/ }).click()
      await page.getByRole("group", { name: "Theme, language, and person" }).getByRole("button", { name }).click()
      await page.getByRole("button", { name: `Signed in as ${name}` }).waitFor()
      assert.isTrue(await asksToLeave(page))
    }
    await page.getByRole("img", { name: "not saved" }).waitFor()
    await page.getByRole("link", { name: /^Activity/ }).click()
    assert.strictEqual(await page.getByLabel("Title", { exact: true }).inputValue(), "Activity of today")
    await discard(page)
    await page.getByRole("heading", { level: 1, name: "Activity" }).waitFor()
    assert.isFalse(await asksToLeave(page))
    await page.close()
  })

  it.each(["Save", "Cancel"])(
    "in the editor of an empty new report, “%s” leads to a saved report, not back to the templates",
    async (name) => {
      const { page } = await opened(browser(), address("#/new"))
      await page.getByRole("button", { name: /^Empty report/ }).click()
      await page.getByRole("button", { name, exact: true }).click()
      const edit = page.getByRole("button", { name: "Edit", exact: true })
      await edit.or(page.getByRole("heading", { level: 1, name: "New report" })).waitFor()
      assert.match(page.url(), /#\/reports\/[0-9a-f-]{36}$/)
      await page.close()
    }
  )

  it("a report on a narrow screen is edited without the library that drags cards", async () => {
    const { page } = await opened(browser(), "about:blank", { viewport: { width: 390, height: 844 } })
    const asked: Array<string> = []
    page.on("request", (request) => asked.push(request.url()))
    await page.goto(address(`#/reports/${await reportWith("Narrow", three)}`))
    await page.getByRole("button", { name: "Edit", exact: true }).click()
    await page.getByRole("button", { name: /^Move Win rate/ }).press("Shift+ArrowDown")
    await discard(page)
    await saved(page)
    assert.deepStrictEqual(asked.filter((url) => url.includes("EditableGrid")), [])
    assert.isTrue(asked.some((url) => url.includes("/metrics/run")))
    await page.close()
  })
})
