import { assert, describe, it } from "@effect/vitest"
import type { Locator } from "playwright-core"
import { drawn, isBrowserMissing, opened, toast } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { panel } from "./support/panel.ts"
import { setting } from "./support/setting.ts"

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const view = { defaultTimeframe: { preset: "last_12m", bucket: "month" }, defaultPeople: { everyone: true } }
const chart = { x: 0, y: 0, w: 12, h: 7 }
const won = { ...chart, instanceId: "won", metricId: "deals.won_value_over_time", chart: "area" }
const sources = { ...chart, instanceId: "leads", metricId: "leads.created_over_time", chart: "bar", groupBy: "source" }

const boxOf = async (target: Locator) => {
  await target.scrollIntoViewIfNeeded()
  return await target.boundingBox() ?? assert.fail("It is not drawn.")
}

describe.skipIf(isBrowserMissing)("on a phone, by touch", () => {
  const { address, browser } = setting()
  const { api, reportWith } = demoApi(address)

  const shown = async (title: string, widgets: ReadonlyArray<object>) => {
    const { id } = await api("POST", "", { title, layout: { widgets }, ...view })
    const { page } = await opened(browser(), address(`#/reports/${id}`), phone)
    await drawn(page, widgets.length)
    await page.waitForLoadState("networkidle")
    return page
  }

  it("a browser without a full screen, such as that of an iPhone, shows the report, and offers no full screen", async () => {
    const { complaints, page } = await opened(browser(), "about:blank", phone)
    await page.addInitScript({
      content: `
        for (const name of ["exitFullscreen", "fullscreenElement", "fullscreenEnabled"]) delete Document.prototype[name]
        delete Element.prototype.requestFullscreen
      `
    })
    await page.goto(address(`#/reports/${await reportWith("On an iPhone", [stat])}`))
    await page.getByRole("heading", { level: 1, name: "On an iPhone" }).waitFor()
    assert.isTrue(await page.evaluate("document.fullscreenElement === undefined"))
    await page.getByRole("button", { name: "More for Total new leads", exact: true }).tap()
    const menu = page.locator(".menu:popover-open")
    await menu.getByRole("button", { name: "How this is counted", exact: true }).waitFor()
    assert.strictEqual(await menu.getByText("Full screen").count(), 0)
    await page.keyboard.press("Escape")
    await menu.waitFor({ state: "detached" })
    await page.keyboard.press("f")
    await page.keyboard.press("/")
    await page.getByRole("combobox").fill("full screen")
    await page.getByText("No name fits.", { exact: true }).waitFor()
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("a tap opens the records of the first and of the last point, also beside the drawing", async () => {
    const page = await shown("Points", [won])
    const grid = await boxOf(page.locator(`.plot svg path[stroke="#e2e7ef"]`).first())
    const { height, y } = await boxOf(page.locator(".plot"))
    const names: Array<string> = []
    for (const x of [grid.x - 6, grid.x + grid.width + 6]) {
      await page.touchscreen.tap(x, y + height / 2)
      names.push(await panel(page).getByRole("heading", { level: 2 }).first().innerText())
      await panel(page).getByRole("button", { name: "Close", exact: true }).tap()
      await panel(page).waitFor({ state: "detached" })
    }
    assert.match(names.join(), /^Won value: \w+ \d+,Won value: \w+ \d+$/)
    assert.notStrictEqual(names[0], names[1])
    await page.close()
  })

  it("a tap on a name in a legend narrows the report, and a tap in the toast undoes this", async () => {
    const page = await shown("Slices", [{ ...stat, w: 12 }, { ...sources, y: 3 }])
    const { height, width, x, y } = await boxOf(
      cardOf(page, "New leads by source").getByText("Portal", { exact: true })
    )
    await page.touchscreen.tap(x + width / 2, y + height / 2)
    await page.waitForURL(/source=portal$/)
    const undo = toast(page, "Only Portal").getByRole("button", { name: "Undo", exact: true })
    const { height: high, width: wide } = await boxOf(undo)
    assert.isAtLeast(Math.min(high, wide), 44)
    await undo.tap()
    await page.waitForURL((url) => !url.hash.includes("?"))
    await toast(page, "Only Portal").waitFor({ state: "detached" })
    await page.close()
  })

  it("the name to which the report is narrowed is a pressed button below the chart, and a tap takes this back", async () => {
    const page = await shown("Narrowed", [sources])
    await page.goto(`${page.url()}?source=portal`)
    const name = cardOf(page, "New leads by source").getByRole("button", { name: "Portal", exact: true, pressed: true })
    assert.isAtLeast((await boxOf(name)).height, 44)
    const held = Promise.withResolvers<void>()
    await page.route("**/metrics/run", async (route) => {
      await held.promise
      await route.continue()
    })
    await page.goto(`${page.url()}&compare=previous`)
    await page.locator(".card.stale").waitFor()
    assert.isTrue(await name.isVisible())
    held.resolve()
    await page.locator(".card.stale").waitFor({ state: "detached" })
    await name.tap()
    await page.waitForURL((url) => !url.hash.includes("source="))
    await name.waitFor({ state: "detached" })
    await page.locator(".plot:focus").waitFor()
    await page.close()
  })

  it("the view bar begins with the filters that are set, and each has the button that removes it", async () => {
    const page = await shown("Filters", [stat])
    await page.goto(`${page.url()}?source=portal&status=new`)
    for (const name of ["Undo “Source: Portal”", "Undo “Status: new”"]) {
      const { width, x } = await boxOf(page.getByRole("button", { name, exact: true }))
      assert.isAtMost(x + width, 390)
    }
    assert.strictEqual(await page.locator(".view-bar").evaluate((bar) => bar.scrollLeft), 0)
    await page.close()
  })
})
