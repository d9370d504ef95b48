import type { Page } from "playwright-core"

export const cardOf = (page: Page, title: string) => page.locator(`section[aria-label="${title}"]`)

/** Returns the text that the chart of a card has for screen readers, such as `Calls: 1,204`. */
export const labelOf = async (page: Page, title: string): Promise<string> =>
  await cardOf(page, title).locator(".plot").getAttribute("aria-label") ?? ""

/** Returns the first number of a text, and NaN if there is none. */
export const numberIn = (text: string): number => Number(/\d[\d,]*/.exec(text)?.[0].replaceAll(",", ""))
