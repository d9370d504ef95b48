import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { heldBack } from "./support/heldBack.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

const many = Array.from({ length: 400 }, (_, index) => ({
  id: `user_${index}`,
  name: index === 287 ? "Zoë Quintana" : `Person ${index}`,
  hasLeft: false
}))

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

/** Returns the view of the next run, which `act` causes. */
const askedBy = async (page: Page, act: () => Promise<unknown>) => {
  const asked = page.waitForRequest("**/metrics/run")
  await act()
  const { widgets: _widgets, ...view } = (await asked).postDataJSON()
  return view
}

describe.skipIf(isBrowserMissing)("choosing", () => {
  const { address, browser } = setting()
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })
  /** Enter chooses this row of a list. */
  const active = (page: Page, name: string) => page.locator(".choice[data-active-item]", { hasText: name })
  const option = (page: Page, name: string) => page.getByRole("option", { name })

  const shown = async (options: Parameters<typeof opened>[2] = {}) => {
    const tab = await opened(browser(), "about:blank", options)
    await tab.page.route("**/crm-reports/options", async (route) => {
      const response = await route.fetch()
      return route.fulfill({ response, json: { ...await response.json(), people: many } })
    })
    await tab.page.goto(address())
    await drawn(tab.page, 3)
    return tab
  }

  it("three letters and Enter choose one of 400 people, and the focus returns to the button", async () => {
    const { complaints, page } = await shown()
    await button(page, "Everyone").focus()
    await page.keyboard.press("Enter")
    await page.getByRole("combobox", { name: "Search" }).and(page.locator(":focus")).waitFor()
    assert.isAtMost(await page.getByRole("option").count(), 24)
    await page.keyboard.type("zoe")
    await active(page, "Zoë Quintana").waitFor()
    const { assigneeIds, everyone } = await askedBy(page, () => page.keyboard.press("Enter"))
    assert.deepStrictEqual([assigneeIds, everyone], [["user_287"], undefined])
    await button(page, "Zoë Quintana").and(page.locator(":focus")).waitFor()
    assert.match(page.url(), /people=user_287$/)
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it.each(["en", "es", "de"])("on a phone, the view is one line that scrolls, in the language %s", async (locale) => {
    const { page } = await opened(browser(), address(), { ...phone, locale })
    await drawn(page)
    const bar = page.getByRole("toolbar")
    const tops = await bar.locator("> button, > .chip-place").evaluateAll((all) =>
      all.map((one) => Math.round(one.getBoundingClientRect().y + one.getBoundingClientRect().height / 2))
    )
    assert.isAtLeast(tops.length, 6)
    assert.lengthOf(new Set(tops), 1)
    const last = bar.getByRole("button").last()
    await last.focus()
    const { width = 0, x = 0 } = await last.boundingBox() ?? {}
    assert.isAtMost(x + width, 390)
    await bar.locator("> [aria-pressed=false]").tap()
    await until("the place of what is set", async () => {
      const box = await bar.locator("> .active").boundingBox()
      return box !== null && box.x > 0 && box.x + box.width < 390
    })
    await page.close()
  })

  it.each([["a mouse", {}], ["touch", phone]])(
    "with %s, two clicks choose one person, and one click takes the choice back",
    async (_name, options) => {
      const { page } = await shown(options)
      const use = (target: ReturnType<typeof button>) => "hasTouch" in options ? target.tap() : target.click()
      await use(button(page, "Everyone"))
      const only = await askedBy(page, () => use(option(page, "Person 7")))
      assert.deepStrictEqual(only.assigneeIds, ["user_7"])
      await use(button(page, "Undo “Person 7”"))
      await button(page, "Everyone").and(page.locator(":focus")).waitFor()
      assert.notInclude(page.url(), "?")
      await page.close()
    }
  )

  it("more rows are drawn when the list is scrolled to its end", async () => {
    const { page } = await shown()
    await button(page, "Everyone").click()
    await option(page, "Person 23").scrollIntoViewIfNeeded()
    await option(page, "Person 30").waitFor()
    assert.isAtMost(await page.getByRole("option").count(), 72)
    await page.close()
  })

  it("Shift with Enter and clicks on boxes add and remove, and “None” sends nothing", async () => {
    const { page } = await shown()
    await button(page, "Everyone").click()
    const without = await askedBy(page, () => option(page, "Person 0").locator(".choice-box").click())
    assert.strictEqual(without.assigneeIds.length, 400)
    assert.notInclude(without.assigneeIds, "user_0")
    const before = page.url()
    await button(page, "None").click()
    assert.strictEqual(await page.getByRole("option", { selected: true }).count(), 0)
    await page.getByText("Nothing is chosen yet").waitFor()
    assert.strictEqual(page.url(), before)
    await page.getByRole("combobox").fill("zoe")
    await active(page, "Zoë Quintana").waitFor()
    assert.deepStrictEqual((await askedBy(page, () => page.keyboard.press("Shift+Enter"))).assigneeIds, ["user_287"])
    await page.getByRole("combobox").fill("person 31")
    await active(page, "Person 31").waitFor()
    const both = await askedBy(page, () => page.keyboard.press("Shift+Enter"))
    assert.deepStrictEqual(both.assigneeIds, ["user_287", "user_31"])
    await page.keyboard.press("Escape")
    await button(page, "2 people").waitFor()
    await page.close()
  })

  it("tags, sources and statuses are chosen as people are, and “All” removes a filter", async () => {
    const { page } = await shown()
    await button(page, "Statuses").click()
    await option(page, "Client").waitFor()
    const all = await page.getByRole("option", { selected: true }).count()
    assert.isAbove(all, 3)
    const some = await askedBy(page, () => option(page, "Client").locator(".choice-box").click())
    assert.strictEqual(some.filters.status.length, all - 1)
    assert.notInclude(some.filters.status, "client")
    await option(page, "Client").locator(".choice-box").click()
    await page.waitForURL((url) => !url.hash.includes("?"))
    await page.keyboard.press("Escape")
    await button(page, "Tags").click()
    await active(page, "").waitFor()
    assert.strictEqual(await page.getByRole("option", { selected: true }).count(), 0)
    assert.lengthOf((await askedBy(page, () => page.keyboard.press("Enter"))).filters.tag, 1)
    await page.getByRole("button", { name: /^Tag: / }).click()
    for (const name of ["All", "None"]) {
      await button(page, name).click()
      await until(`“${name}”`, () => page.locator(".segments [aria-pressed=true]").allInnerTexts(), [name])
    }
    await page.waitForURL((url) => !url.hash.includes("?"))
    await page.close()
  })

  it("letters that are typed while the list is loaded are kept", async () => {
    const { page } = await shown()
    const { release } = await heldBack(page, "**/ChooserPanel*.js", "GET")
    await button(page, "Everyone").click()
    await page.getByRole("textbox", { name: "Search" }).and(page.locator(":focus")).waitFor()
    await page.keyboard.type("zoe")
    await release()
    await active(page, "Zoë Quintana").waitFor()
    await page.keyboard.type(" q")
    await until("the typed text", () => page.getByRole("combobox", { name: "Search" }).inputValue(), "zoe q")
    await page.close()
  })

  it("the list is loaded when it is opened, and again after a failure", async () => {
    const { page } = await shown()
    await page.clock.install()
    await page.route("**/ChooserPanel*.js", (route) => route.abort(), { times: 1 })
    const failed = page.waitForEvent("requestfailed", (request) => request.url().includes("ChooserPanel"))
    await button(page, "Everyone").click()
    await failed
    await page.getByRole("status", { name: "Loading" }).waitFor()
    await page.clock.runFor(5_000)
    await option(page, "Person 3").waitFor()
    await page.close()
  })

  it("the previous period and a filter move no card, and Reset comes after the link", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    const button = (name: string) => page.getByRole("button", { name, exact: true })
    const link = button("Copy link")
    const card = cardOf(page, "Total new leads")
    const before = [await link.boundingBox(), await card.boundingBox()]
    await button("Previous period").click()
    await button("Reset").waitFor()
    assert.deepStrictEqual([await link.boundingBox(), await card.boundingBox()], before)
    await button("Sources").click()
    await page.getByRole("option", { name: "Portal" }).click()
    await button("Source: Portal").waitFor()
    assert.deepStrictEqual(await card.boundingBox(), before[1])
    await page.close()
  })
})
