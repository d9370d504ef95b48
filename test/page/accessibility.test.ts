import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { BrowserContextOptions, Page } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { screens } from "./support/screens.ts"
import { setting } from "./support/setting.ts"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

interface Violation {
  readonly id: string
  readonly nodes: ReadonlyArray<{ readonly target: ReadonlyArray<string>; readonly failureSummary: string }>
}

/** Resolves when fonts are loaded, no animation runs, and the last change of the page is drawn. */
const settled = `(async () => {
  const frame = () => new Promise(requestAnimationFrame)
  await document.fonts.ready
  await frame()
  await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))
  await frame()
})()`

/** Returns a line for each finding of axe on the current page. */
const violations = async (page: Page): Promise<ReadonlyArray<string>> => {
  await page.evaluate(settled)
  const found: { readonly violations: ReadonlyArray<Violation> } = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ["violations"] })`
  )
  return found.violations.map(({ id, nodes }) =>
    `${id}: ${
      nodes.slice(0, 3).map(({ failureSummary, target }) => `${target.join(" ")} ${failureSummary}`).join(" | ")
    }`
  )
}

const overflow = (page: Page) =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

describe.skipIf(isBrowserMissing)("accessibility", () => {
  const { address, browser } = setting()

  /** Returns a function that shows the overview anew, always in the same page. */
  const reused = (options: BrowserContextOptions) => {
    const held: { page: Page | undefined } = { page: undefined }
    return async () => {
      held.page ??= (await opened(browser(), "about:blank", { bypassCSP: true, reducedMotion: "reduce", ...options }))
        .page
      await held.page.goto(address())
      await drawn(held.page, 11)
      return held.page
    }
  }

  const wide = reused({})

  it.each(screens)(
    "axe finds no violation of WCAG 2.2 AA in the light and the dark theme on %s",
    async (_name, show) => {
      const page = await wide()
      await show(page)
      await page.evaluate(axe)
      const found: Array<unknown> = []
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme })
        await page.locator(`html[data-theme=${colorScheme}]`).waitFor()
        found.push([colorScheme, await violations(page)])
      }
      assert.deepStrictEqual(found, [["light", []], ["dark", []]])
    }
  )

  const narrow = reused({ viewport: { width: 390, height: 844 } })

  it.each(screens)("nothing scrolls sideways at 390 pixels on %s", async (name, show) => {
    const page = await narrow()
    if (["the person menu", "a new report", "an empty report"].includes(name)) {
      await page.getByRole("button", { name: "Reports", exact: true }).click()
    }
    await show(page)
    await page.evaluate(settled)
    assert.strictEqual(await overflow(page), 0)
  })

  it("nothing scrolls sideways and axe finds no violation at a zoom of 200 %", async () => {
    const page = await reused({ viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 })()
    assert.strictEqual(await overflow(page), 0)
    await page.evaluate(axe)
    assert.deepStrictEqual(await violations(page), [])
  })
})
