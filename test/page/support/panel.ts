import type { Page } from "playwright-core"

export const panel = (page: Page) => page.getByRole("dialog")

/** Waits until the panel lists the records of this number, and has counted them. */
export const shown = async (page: Page, name: string) => {
  await page.getByRole("dialog", { name, exact: true }).waitFor()
  await panel(page).getByRole("row").nth(1).waitFor()
  await panel(page).locator(".records-number[aria-busy=false]").waitFor()
}

export const closed = async (page: Page) => {
  await page.keyboard.press("Escape")
  await panel(page).waitFor({ state: "detached" })
}
