import type { Locator, Page } from "playwright-core"

/**
 * Clicks “Try again”, and waits for a request. The page also retries by itself, which removes the button after an
 * answer, so call this while the requests still fail.
 */
export const triedAgain = async (page: Page, part: Page | Locator, path: string): Promise<void> => {
  const asked = page.waitForRequest(path)
  await part.getByRole("button", { name: "Try again" }).click()
  await asked
}
