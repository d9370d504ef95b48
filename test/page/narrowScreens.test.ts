import { assert, describe, it } from "@effect/vitest"
import type { Locator } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

const filtered =
  "people=user_ana,user_bea&source=portal&source=web&status=new&tag=unknown&leadSource=portal&compare=previous"

/** Returns the middle of an element, counted in pixels from the top of the window. */
const middleOf = async (element: Locator) => {
  const { height, y } = await element.boundingBox() ?? { height: 0, y: Number.NaN }
  return Math.round(y + height / 2)
}

/** Scrolls over the place where the head changes, down and up, and keeps each change. */
const slowly = `(async () => {
  const bar = document.querySelector(".report-bar")
  scrollTo(0, Math.floor(bar.getBoundingClientRect().top) - 30)
  window.stuck = []
  new MutationObserver(() => window.stuck.push(bar.matches(".stuck"))).observe(bar, { attributeFilter: ["class"] })
  for (let step = 0; step < 64; step++) {
    scrollBy(0, step < 32 ? 1 : -1)
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
  }
})()`

describe.skipIf(isBrowserMissing)("the head of a report", () => {
  const { address, browser } = setting()
  const { reportWith } = demoApi(address)

  const longTitled = async (width: number) => {
    const rows = [0, 9, 18].map((y) => ({ ...stat, instanceId: `row${y}`, y, w: 12, h: 9 }))
    const id = await reportWith("Quarterly review of the sales team in Berlin", rows)
    const options = { viewport: { width, height: 844 }, isMobile: true, hasTouch: true }
    const { page } = await opened(browser(), address(`#/reports/${id}`), options)
    await page.locator(".report-bar").waitFor()
    await page.locator(".card").nth(2).waitFor()
    return page
  }

  it.each(["en", "es", "de"])(
    "on a phone, menu, title, and view are one row that stays on the screen, in the language %s",
    async (locale) => {
      const { complaints, page } = await opened(browser(), address(), {
        viewport: { width: 390, height: 844 },
        isMobile: true,
        hasTouch: true,
        locale
      })
      await drawn(page)
      const heads = [".menu-button", "h1 .title", ".report-bar .chip-button"].map((one) => page.locator(one).first())
      const buttons = page.locator(".report-actions > button:not(.edit)")
      const rows = await Promise.all((await buttons.all()).map(middleOf))
      assert.lengthOf(rows, 4)
      assert.lengthOf(new Set(rows), 1)
      await page.evaluate("scrollTo(0, 900)")
      await until("one row", async () => new Set(await Promise.all(heads.map(middleOf))), new Set([28]))
      await page.evaluate("scrollTo(0, 0)")
      await until("two rows", async () => new Set(await Promise.all(heads.map(middleOf))).size > 1)
      assert.deepStrictEqual(complaints, [])
      await page.close()
    }
  )

  it.each([390, 800])("at %i pixels, the head changes once on the way down and once on the way up", async (width) => {
    const page = await longTitled(width)
    await page.evaluate(slowly)
    await until("the changes", () => page.evaluate("stuck"), [true, false])
    await page.close()
  })

  it.each([[1440, 1], [1024, 2]])("at %i pixels, all kinds of filters take at most %i rows", async (width, most) => {
    const { page } = await opened(browser(), "about:blank", { viewport: { width, height: 800 }, locale: "de" })
    await page.goto(address())
    await drawn(page)
    await page.goto(`${page.url()}?${filtered}`)
    const bar = page.getByRole("toolbar")
    await bar.locator(".chip-place.joined").nth(4).waitFor()
    await until("the rows", async () => {
      const rows = await Promise.all((await bar.locator("> button, > .chip-place").all()).map(middleOf))
      return rows.length === 9 && new Set(rows).size <= most
    })
    const full = bar.getByText("Quelle des Leads: Portal", { exact: true })
    assert.strictEqual(await full.getAttribute("title"), "Quelle des Leads: Portal")
    await page.close()
  })
})
