import { assert } from "@effect/vitest"
import type { Locator, Page } from "playwright-core"
import { until } from "./until.ts"

/** Hands use the page as a person does, either with the mouse or with the keyboard. */
export interface Hands {
  readonly name: string
  readonly use: (target: Locator) => Promise<void>
  readonly write: (field: Locator, text: string) => Promise<void>
  readonly choose: (field: Locator, option: string) => Promise<void>
}

/** Returns the HTML of the focused element if its focus ring cannot be seen. */
const unseen = `(() => {
  const one = document.activeElement
  if (one === null || one === document.body || one.tagName === "DIALOG") return
  const ringed = [one, one.nextElementSibling].some((each) =>
    each !== null && getComputedStyle(each).outlineStyle !== "none")
  const { bottom, left, right, top } = one.getBoundingClientRect()
  const [x, y] = [(left + right) / 2, (top + bottom) / 2]
  const above = document.elementFromPoint(x, y)
  const isOpen = above !== null && (one.contains(above) || above.contains(one) || above.closest("label")?.contains(one))
  return ringed && isOpen ? undefined : one.outerHTML.slice(0, 200)
})()`

const enough = 150

/** Presses Tab until the element has the focus. Fails if an element on the way shows no focus ring. */
export const tabTo = async (target: Locator): Promise<void> => {
  const page = target.page()
  await target.first().waitFor()
  const focused = target.and(page.locator(":focus"))
  for (let steps = 0; steps < enough; steps++) {
    if (await focused.count() > 0) return
    await page.keyboard.press("Tab")
    assert.isUndefined(await page.evaluate(unseen), "the focus cannot be seen")
  }
  assert.fail(`Tab never reached ${target}`)
}

const typed = async (page: Page, text: string) => {
  await page.keyboard.press("Control+a")
  await page.keyboard.type(text)
}

const mouse: Hands = {
  name: "the mouse",
  use: (target) => target.first().click(),
  write: async (field, text) => {
    await field.click()
    await typed(field.page(), text)
  },
  choose: async (field, option) => {
    await field.click()
    // The system draws the list of a native select, so a test cannot click in it.
    await field.selectOption({ label: option })
    await field.page().keyboard.press("Escape")
  }
}

const keyboard: Hands = {
  name: "the keyboard",
  use: async (target) => {
    await tabTo(target)
    await target.page().keyboard.press("Enter")
  },
  write: async (field, text) => {
    await tabTo(field)
    await typed(field.page(), text)
  },
  choose: async (field, option) => {
    await tabTo(field)
    const chosen = field.locator("option:checked", { hasText: option })
    await until(`the option “${option}”`, async () => {
      if (await chosen.count() > 0) return true
      await field.page().keyboard.press("ArrowDown")
      return false
    })
  }
}

export const everyHands: ReadonlyArray<Hands> = [mouse, keyboard]
