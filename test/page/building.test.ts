import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened, said } from "./support/browser.ts"
import { setting } from "./support/setting.ts"

const titles = ["Total new leads", "Win rate", "Deals won", "Leads by status", "Calls", "Lost reasons"]

const cardOf = (page: Page, title: string) => page.locator(`section[aria-label="${title}"]`)

const saved = (page: Page) => page.getByRole("button", { name: "Edit", exact: true }).waitFor()

const addByMouse = async (page: Page, title: string) => {
  await page.getByRole("button", { name: "Add a card" }).first().click()
  await page.getByRole("searchbox").fill(title)
  await page.locator(".metric", { has: page.getByText(title, { exact: true }) }).first().click()
  await page.getByRole("button", { name: "Add to report" }).click()
}

/** Presses Tab until the element has the focus. */
const tabTo = async (page: Page, selector: string) => {
  for (let steps = 0; steps < 80; steps++) {
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) === true`) === true) return
    await page.keyboard.press("Tab")
  }
  assert.fail(`Tab never reached ${selector}`)
}

const places = (page: Page, title: string) =>
  page.locator(".react-grid-item", { has: cardOf(page, title) }).getAttribute("style")

/** The grid draws a change of the layout some frames later. */
const isAt = (page: Page, title: string, place: string | null) =>
  page.locator(`.react-grid-item[style="${place}"]`, { has: cardOf(page, title) }).waitFor()

const isElsewhere = (page: Page, title: string, place: string | null) =>
  page.locator(`.react-grid-item:not([style="${place}"])`, { has: cardOf(page, title) }).waitFor()

describe.skipIf(isBrowserMissing)("the report editor", () => {
  const { address, browser } = setting()

  it("a report of six cards is built, saved, shared and frozen with the mouse", async () => {
    const { complaints, page } = await opened(browser(), address())
    await page.getByRole("link", { name: "New report" }).click()
    await page.getByRole("button", { name: /Empty report/ }).click()
    for (const title of titles) await addByMouse(page, title)
    await page.getByLabel("Title", { exact: true }).fill("By mouse")
    await drawn(page, 6)

    const before = await places(page, "Calls")
    const head = cardOf(page, "Calls").locator(".card-head h2")
    const box = await head.boundingBox()
    await page.mouse.move((box?.x ?? 0) + 4, (box?.y ?? 0) + 6)
    await page.mouse.down()
    await page.mouse.move((box?.x ?? 0) + 300, 300, { steps: 12 })
    await page.mouse.up()
    await page.getByRole("button", { name: "Undo" }).waitFor()
    await isElsewhere(page, "Calls", before)
    await page.getByRole("button", { name: "Undo" }).click()
    await isAt(page, "Calls", before)
    await page.getByRole("button", { name: "Redo" }).click()

    await page.getByLabel("Who can see this report").selectOption("organization")
    await page.getByRole("button", { name: "Save", exact: true }).click()
    await saved(page)
    await page.reload()
    await drawn(page, 6)
    assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /^By mouse\s+Costa Homes$/)

    await page.getByRole("button", { name: "Freeze" }).click()
    await page.getByRole("dialog").getByRole("button", { name: "Freeze" }).click()
    await page.getByRole("button", { name: "Verify" }).click()
    await page.getByRole("button", { name: "Unchanged since it was frozen" }).waitFor()
    await page.getByRole("button", { name: "Renew" }).click()
    await said(page, /^Kept until/)
    assert.deepStrictEqual(complaints, [])

    const member = await opened(browser(), address(), { userId: "user_bea" })
    await member.page.getByRole("link", { name: "By mouse" }).click()
    await drawn(member.page, 6)
    assert.strictEqual(await member.page.getByRole("button", { name: "Edit", exact: true }).count(), 0)
    await member.page.close()
    await page.close()
  })

  it("a report is built, arranged and saved with the keyboard alone", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /Empty report/ }).waitFor()
    await tabTo(page, ".template")
    await page.keyboard.press("Enter")
    for (const title of titles) {
      await tabTo(page, ".report-actions button:first-child")
      await page.keyboard.press("Enter")
      await page.getByRole("searchbox").waitFor()
      await page.keyboard.type(title)
      await tabTo(page, ".metric")
      await page.keyboard.press("Enter")
      await tabTo(page, ".dialog-foot .primary")
      await page.keyboard.press("Enter")
      await page.getByRole("dialog").waitFor({ state: "detached" })
    }
    await drawn(page, 6)
    await tabTo(page, "[aria-label^='Move Deals won']")
    const before = await places(page, "Deals won")
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("ArrowLeft")
    await page.getByText(/^Deals won: Column \d+, row \d+, \d+ wide, \d+ high$/).waitFor({ state: "attached" })
    await isElsewhere(page, "Deals won", before)
    await page.keyboard.press("Shift+ArrowDown")
    await page.getByText(/^Deals won: .* 8 high$/).waitFor({ state: "attached" })
    await page.keyboard.press("Control+z")
    await page.keyboard.press("Control+z")
    await page.keyboard.press("Control+z")
    await isAt(page, "Deals won", before)
    await page.keyboard.press("Control+s")
    await saved(page)
    await page.reload()
    await drawn(page, 6)
    await page.close()
  })

  it("a card's title, chart, grouping, timeframe and filters are edited, and only chosen values are saved", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /Empty report/ }).click()
    await addByMouse(page, "New leads")
    await page.getByRole("button", { name: "Edit New leads" }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Title").fill("Portal leads")
    await dialog.getByRole("button", { name: "Bars" }).click()
    await dialog.getByLabel("Split by").selectOption("status")
    await dialog.getByText("Its own timeframe").click()
    await dialog.getByText("Filters of this card").click()
    await dialog.getByRole("checkbox", { name: "portal" }).check()
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

  it("a report made from a template can be duplicated and deleted", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /Pipeline/ }).click()
    await page.getByLabel("Title", { exact: true }).fill("My pipeline")
    await page.getByRole("button", { name: "Save", exact: true }).click()
    await saved(page)
    await page.getByRole("button", { name: "More" }).first().click()
    await page.getByRole("button", { name: "Duplicate" }).click()
    await page.getByRole("heading", { name: /My pipeline \(copy\)/ }).waitFor()
    await page.getByRole("button", { name: "More" }).first().click()
    await page.getByRole("button", { name: "Delete" }).click()
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click()
    await page.getByRole("link", { name: "My pipeline (copy)" }).waitFor({ state: "detached" })
    await page.close()
  })

  it("unsaved edits of a report are kept while another report is open", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 1)
    await page.getByRole("link", { name: "Activity" }).click()
    await page.getByRole("button", { name: "Edit", exact: true }).click()
    await page.getByLabel("Title", { exact: true }).fill("Activity of today")
    await page.getByRole("link", { name: /^Pipeline/ }).click()
    await page.getByRole("heading", { level: 1, name: /Pipeline/ }).waitFor()
    await page.getByRole("img", { name: "not saved" }).waitFor()
    await page.getByRole("link", { name: /^Activity/ }).click()
    assert.strictEqual(await page.getByLabel("Title", { exact: true }).inputValue(), "Activity of today")
    await page.getByRole("button", { name: "Discard" }).click()
    await page.getByRole("heading", { level: 1, name: "Activity" }).waitFor()
    await page.close()
  })
})
