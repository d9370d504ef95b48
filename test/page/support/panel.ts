import type { Page } from "playwright-core"

export const panel = (page: Page) => page.getByRole("dialog")

/** Waits until the panel lists the records of this number. */
export const shown = async (page: Page, name: string) => {
  await page.getByRole("dialog", { name, exact: true }).waitFor()
  await panel(page).getByRole("row").nth(1).waitFor()
}

export const closed = async (page: Page) => {
  await page.keyboard.press("Escape")
  await panel(page).waitFor({ state: "detached" })
}
