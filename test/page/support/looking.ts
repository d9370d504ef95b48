import { join } from "node:path"
import type { BrowserContextOptions, Page } from "playwright-core"
import { isFull } from "../../proof/storesFor.ts"
import { violations } from "./axe.ts"
import { within } from "./until.ts"

/** Checks the component as it is on the screen now. */
export type Look = (component: string, state?: string) => Promise<void>

export interface Size {
  readonly name: string
  readonly options: BrowserContextOptions
  readonly schemes: ReadonlyArray<"light" | "dark">
}

export const sizes: ReadonlyArray<Size> = [
  { name: "on a wide screen", options: { viewport: { width: 1440, height: 900 } }, schemes: ["light", "dark"] },
  {
    name: "at a width of 390 pixels",
    options: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    schemes: []
  },
  {
    name: "at a zoom of 200 %",
    options: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
    schemes: []
  }
]

/** Finds elements that scroll sideways, except tables of numbers in a card. */
const sideways = `[document.documentElement, ...document.querySelectorAll(
  "main, nav, dialog, dialog *, [popover], [popover] *, .toasts, .report-head *, .banner"
)]
  .filter((one) => one.scrollWidth > one.clientWidth && one.clientWidth > 0 && !one.closest("svg, .card-table, .records-table"))
  .filter((one) => one === document.documentElement || ["auto", "scroll"].includes(getComputedStyle(one).overflowX))
  .map((one) => \`\${one.tagName} \${one.className} \${one.scrollWidth} > \${one.clientWidth}\`)`

/** Finds open dialogs, popovers and messages that reach beyond the window. */
const cut = `[...document.querySelectorAll("dialog[open], :popover-open, .toast")]
  .map((one) => [one.className, one.getBoundingClientRect()])
  .filter(([, at]) => at.left < 0 || at.top < 0 || at.right > innerWidth + 1 || at.bottom > innerHeight + 1)
  .map(([name, at]) => \`\${name} is cut: \${JSON.stringify(at)}\`)`

/** Waits for two frames, in which charts adapt to their size, and for the end of all finite animations. */
const settled = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))).then(() =>
  Promise.all(document.getAnimations()
    .filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity)
    .map(({ finished }) => finished.catch(() => {}))))`

const folder = process.env["PAGE_PICTURES"]

/** Adds the problems of each checked screen to `wrong`. Outside of `.ci/full`, the color schemes alternate. */
export const lookingAt = (page: Page, { name, schemes }: Size, wrong: Array<string>): Look => {
  let looks = 0
  const chosenSchemes = () => {
    looks += 1
    return isFull || folder !== undefined ? schemes : schemes.filter((_, index) => index === looks % schemes.length)
  }
  return async (component, state = "") => {
    const note = (kind: string, found: unknown) => {
      if (Array.isArray(found)) wrong.push(...found.map((one) => `${component} ${state} ${kind}: ${one}`))
    }
    const picture = async (scheme: string) => {
      if (folder !== undefined) {
        await page.screenshot({ path: join(folder, `${name} ${component} ${state} ${scheme}.png`) })
      }
    }
    await within("the end of the animations", page.evaluate(settled))
    if (schemes.length === 0) await picture("")
    note("scrolls sideways", await page.evaluate(sideways))
    note("is cut", await page.evaluate(cut))
    for (const colorScheme of chosenSchemes()) {
      await page.emulateMedia({ colorScheme })
      await within("the end of the animations", page.evaluate(settled))
      note(colorScheme, await violations(page))
      await picture(colorScheme)
    }
    if (schemes.length > 1) await page.emulateMedia({ colorScheme: "light" })
  }
}
