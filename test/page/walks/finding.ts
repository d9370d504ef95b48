import { cardOf } from "../support/cards.ts"
import { heldBack } from "../support/heldBack.ts"
import type { Walk } from "../support/Walk.ts"

/** Opens the search before its code is loaded, and the report that it finds, with the menu of its table. */
export const finding: Walk = async ({ open }) => {
  const { look, page } = await open("")
  const { release } = await heldBack(page, "**/FindDialog*.js", "GET")
  // The sign-in has a heading, too, and no search.
  await page.locator(".card").first().waitFor()
  await page.keyboard.press("Control+k")
  await page.getByRole("textbox", { name: "Find a report or a command" }).waitFor()
  await look("Finder", "loading")
  await release()
  await page.getByRole("combobox").fill("Team board")
  await page.getByRole("option", { name: "Team board", selected: true }).waitFor()
  await page.keyboard.press("Enter")
  await cardOf(page, "Team").getByRole("row").nth(8).waitFor()
  await page.getByRole("button", { name: "More for Team", exact: true }).click()
  await look("TableCard", "menu")

  const slides = await open("#/slideshow?every=3600")
  await slides.page.locator(".card .plot svg").first().waitFor()
  await slides.look("Slideshow")
}

/** Shows the targets to an admin. */
export const targeting: Walk = async ({ open }) => {
  const { look, page } = await open("#/targets")
  const january = page.getByRole("textbox", { name: /, Jan \d+$/ })
  await january.nth(1).waitFor()
  await look("TargetsPage")
  await january.nth(1).fill("many")
  await page.getByText("A red cell is not a number.").waitFor()
  await look("TargetsPage", "a wrong cell")
  await page.getByRole("button", { name: "Discard" }).click()
  await page.getByRole("link", { name: "Stage weights" }).click()
  const offer = page.getByRole("textbox", { name: "Offer, weight in percent" })
  await offer.fill("101")
  await page.getByText("A red cell is not a percentage").waitFor()
  await look("TargetsPage", "a wrong weight")

  // In a narrow window, the link is in the list that is closed.
  await page.locator("a", { hasText: "Audit log" }).dispatchEvent("click")
  await page.getByRole("columnheader", { name: "Details" }).waitFor()
  await look("AuditPage")
}
