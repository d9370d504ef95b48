import type { Page } from "playwright-core"

/** Discards unsaved edits, and confirms the question of the page. */
export const discard = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Discard", exact: true }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click()
}
