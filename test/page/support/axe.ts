import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "playwright-core"
import { within } from "./until.ts"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

interface Violation {
  readonly id: string
  readonly nodes: ReadonlyArray<{ readonly target: ReadonlyArray<string>; readonly failureSummary: string }>
}

/** If a dialog or popover is open, only it is checked, because a walk has already checked the page behind it. */
const check = `axe.run(
  [...document.querySelectorAll("dialog[open], :popover-open")].at(-1) ?? document,
  { runOnly: ${JSON.stringify(rules)}, resultTypes: ["violations"] }
)`

/** Returns a line for each finding of axe on the open dialog or popover, or else on the whole page. */
export const violations = async (page: Page): Promise<ReadonlyArray<string>> => {
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axe)
  const found: { readonly violations: ReadonlyArray<Violation> } = await within(
    "the findings of axe",
    page.evaluate(check)
  )
  return found.violations.map(({ id, nodes }) =>
    `${id}: ${
      nodes.slice(0, 3).map(({ failureSummary, target }) => `${target.join(" ")} ${failureSummary}`).join(" | ")
    }`
  )
}
