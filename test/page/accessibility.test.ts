import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { setting } from "./support/setting.ts"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

interface Violation {
  readonly id: string
  readonly nodes: ReadonlyArray<{ readonly target: ReadonlyArray<string>; readonly failureSummary: string }>
}

/** Returns a line for each finding of axe on the current page. */
const violations = async (page: Page): Promise<ReadonlyArray<string>> => {
  await page.waitForTimeout(250)
  await page.evaluate(axe)
  const found: { readonly violations: ReadonlyArray<Violation> } = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)} })`
  )
  return found.violations.map(({ id, nodes }) =>
    `${id}: ${
      nodes.slice(0, 3).map(({ failureSummary, target }) => `${target.join(" ")} ${failureSummary}`).join(" | ")
    }`
  )
}

/** Each function leads to a screen or dialog. */
const screens: ReadonlyArray<readonly [name: string, show: (page: Page) => Promise<void>]> = [
  ["a report", async () => {}],
  ["the choice of a timeframe", (page) => page.getByRole("button", { name: /^Last 12 months/ }).click()],
  ["the choice of people", (page) => page.getByRole("button", { name: "Everyone", exact: true }).click()],
  ["the choice of filters", (page) => page.getByRole("button", { name: "Filter" }).click()],
  ["the menu of a report", (page) => page.getByRole("button", { name: "More", exact: true }).click()],
  ["the person menu", (page) => page.getByRole("button", { name: /^Signed in as/ }).click()],
  ["a card as a table", async (page) => {
    await page.locator(".card").first().hover()
    await page.getByRole("button", { name: "Show Total new leads as a table" }).click()
  }],
  ["the explanation of a number", async (page) => {
    await page.locator(".card").first().hover()
    await page.getByRole("button", { name: "How Total new leads is counted" }).click()
  }],
  ["the dialog to freeze", (page) => page.getByRole("button", { name: "Freeze" }).click()],
  ["the list of snapshots", (page) => page.getByRole("button", { name: "Snapshots" }).click()],
  ["the dialog to delete", async (page) => {
    await page.getByRole("button", { name: "More", exact: true }).click()
    await page.getByRole("button", { name: "Delete" }).click()
  }],
  ["the editor", (page) => page.getByRole("button", { name: "Edit", exact: true }).click()],
  ["the dialog to add a card", async (page) => {
    await page.getByRole("button", { name: "Edit", exact: true }).click()
    await page.getByRole("button", { name: "Add a card" }).click()
    await page.locator(".metric").nth(12).click()
    await page.locator(".preview .plot svg").waitFor()
  }],
  ["the dialog to edit a card", async (page) => {
    await page.getByRole("button", { name: "Edit", exact: true }).click()
    await page.getByRole("button", { name: "Edit Total new leads" }).click()
    await page.getByText("Filters of this card").click()
  }],
  ["a new report", async (page) => {
    await page.getByRole("link", { name: "New report" }).click()
    await page.getByRole("button", { name: /Empty report/ }).waitFor()
  }],
  ["an empty report", async (page) => {
    await page.getByRole("link", { name: "New report" }).click()
    await page.getByRole("button", { name: /Empty report/ }).click()
  }],
  ["an unknown report", async (page) => {
    await page.evaluate("location.hash = '#/reports/00000000-0000-4000-8000-000000000000'")
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor()
  }]
]

const overflow = (page: Page) =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

describe.skipIf(isBrowserMissing)("accessibility", () => {
  const { address, browser } = setting()

  const at = async (show: (page: Page) => Promise<void>, options: Parameters<typeof opened>[2]) => {
    const { page } = await opened(browser(), address(), { bypassCSP: true, reducedMotion: "reduce", ...options })
    await drawn(page, 11)
    await show(page)
    return page
  }

  describe.each(["light", "dark"] as const)("WCAG 2.2 AA in the %s theme", (colorScheme) => {
    it.each(screens)("axe finds no violation of WCAG 2.2 AA on %s", async (_name, show) => {
      const page = await at(show, { colorScheme })
      assert.deepStrictEqual(await violations(page), [])
      await page.context().close()
    })

    it("axe finds no violation of WCAG 2.2 AA on a snapshot", async () => {
      const page = await at(async (page) => {
        await page.getByRole("button", { name: "Freeze" }).click()
        await page.getByRole("dialog").getByRole("button", { name: "Freeze" }).click()
        await page.getByRole("button", { name: "Verify" }).click()
      }, { colorScheme })
      assert.deepStrictEqual(await violations(page), [])
      await page.context().close()
    })
  })

  it.each(screens)("nothing scrolls sideways at 390 pixels on %s", async (name, show) => {
    const { page } = await opened(browser(), address(), { viewport: { width: 390, height: 844 } })
    await drawn(page, 11)
    if (["the person menu", "a new report", "an empty report"].includes(name)) {
      await page.getByRole("button", { name: "Reports", exact: true }).click()
    }
    await show(page)
    assert.strictEqual(await overflow(page), 0)
    await page.context().close()
  })

  it("nothing scrolls sideways at a zoom of 200 %", async () => {
    const page = await at(async () => {}, { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 })
    assert.strictEqual(await overflow(page), 0)
    assert.deepStrictEqual(await violations(page), [])
    await page.context().close()
  })
})
