import type { Page } from "playwright-core"

const edit = (page: Page) => page.getByRole("button", { name: "Edit", exact: true }).click()

/** Each function leads from the overview to a screen or dialog. */
export const screens: ReadonlyArray<readonly [name: string, show: (page: Page) => Promise<void>]> = [
  ["a report", async () => {}],
  ["the choice of a timeframe", async (page) => {
    await page.getByRole("button", { name: /^Last 12 months/ }).click()
    await page.getByRole("button", { name: "This quarter" }).waitFor()
  }],
  ["the choice of people", async (page) => {
    await page.getByRole("button", { name: "Everyone", exact: true }).click()
    await page.getByRole("group", { name: "People" }).getByRole("checkbox").first().waitFor()
  }],
  ["the choice of filters", async (page) => {
    await page.getByRole("button", { name: "Filter" }).click()
    await page.getByRole("checkbox", { name: "portal" }).waitFor()
  }],
  ["the menu of a report", async (page) => {
    await page.getByRole("button", { name: "More", exact: true }).click()
    await page.getByRole("button", { name: "Duplicate" }).waitFor()
  }],
  ["the person menu", async (page) => {
    await page.getByRole("button", { name: /^Signed in as/ }).click()
    await page.getByRole("heading", { name: "Look as somebody else" }).waitFor()
  }],
  ["a card as a table", async (page) => {
    await page.locator(".card").first().hover()
    await page.getByRole("button", { name: "Show Total new leads as a table" }).click()
    await page.getByRole("table").first().waitFor()
  }],
  ["the explanation of a number", async (page) => {
    await page.locator(".card").first().hover()
    await page.getByRole("button", { name: "How Total new leads is counted" }).click()
    await page.getByRole("dialog").waitFor()
  }],
  ["the dialog to freeze", async (page) => {
    await page.getByRole("button", { name: "Freeze" }).click()
    await page.getByRole("dialog").waitFor()
  }],
  ["an empty list of snapshots", async (page) => {
    const link = page.getByRole("link", { name: "Activity", includeHidden: true })
    await page.evaluate(`location.hash = ${JSON.stringify(await link.getAttribute("href"))}`)
    await page.getByRole("heading", { level: 1, name: /^Activity/ }).waitFor()
    await page.getByRole("button", { name: "Snapshots", exact: true }).click()
    await page.getByRole("dialog").getByText("There are none yet").waitFor()
  }],
  ["a snapshot", async (page) => {
    await page.getByRole("button", { name: "Freeze" }).click()
    await page.getByRole("dialog").getByRole("button", { name: "Freeze" }).click()
    await page.getByRole("button", { name: "Verify" }).click()
    await page.getByRole("button", { name: "Unchanged since it was frozen" }).waitFor()
  }],
  ["the list of snapshots", async (page) => {
    await page.getByRole("button", { name: /^Snapshots/ }).click()
    await page.getByRole("dialog").getByRole("link").first().waitFor()
  }],
  ["the dialog to delete", async (page) => {
    await page.getByRole("button", { name: "More", exact: true }).click()
    await page.getByRole("button", { name: "Delete" }).click()
    await page.getByRole("dialog").waitFor()
  }],
  ["the editor", async (page) => {
    await edit(page)
    await page.getByRole("button", { name: "Edit Total new leads" }).waitFor()
  }],
  ["the dialog to add a card", async (page) => {
    await edit(page)
    await page.getByRole("button", { name: "Add a card" }).click()
    await page.locator(".metric").nth(12).click()
    await page.locator(".preview .plot svg").waitFor()
  }],
  ["the dialog to edit a card", async (page) => {
    await edit(page)
    await page.getByRole("button", { name: "Edit Total new leads" }).click()
    await page.getByText("Filters of this card").click()
    await page.getByRole("checkbox", { name: "portal" }).waitFor()
  }],
  ["a new report", async (page) => {
    await page.getByRole("link", { name: "New report" }).click()
    await page.getByRole("button", { name: /Empty report/ }).waitFor()
  }],
  ["an empty report", async (page) => {
    await page.getByRole("link", { name: "New report" }).click()
    await page.getByRole("button", { name: /Empty report/ }).click()
    await page.getByText("An empty report.").waitFor()
  }],
  ["an unknown report", async (page) => {
    await page.evaluate("location.hash = '#/reports/00000000-0000-4000-8000-000000000000'")
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor()
  }]
]
