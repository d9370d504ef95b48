import { drawn } from "../support/browser.ts"
import { stat } from "../support/demoApi.ts"
import type { Walk } from "../support/Walk.ts"

/** Makes a new report, from the templates to its first save. */
export const building: Walk = async ({ open }) => {
  const { look, page } = await open("#/new")
  const button = (name: string) => page.getByRole("button", { name, exact: true })
  const dialog = page.getByRole("dialog")
  await page.getByRole("button", { name: /Empty report/ }).waitFor()
  await look("NewReport")
  await page.getByRole("button", { name: /Empty report/ }).click()
  await look("EmptyReport", "edited")

  await button("Add a card").first().click()
  await page.locator(".metric").nth(40).waitFor()
  await look("WidgetDialog", "nothing chosen")
  await page.getByRole("searchbox").fill("zebra")
  await look("MetricList", "nothing found")
  await page.getByRole("searchbox").fill("")
  await page.route("**/metrics/run", (route) => route.abort())
  await page.locator(".metric").nth(12).click()
  await dialog.getByRole("alert").waitFor()
  await look("Preview", "failed")
  await page.unroute("**/metrics/run")
  await page.locator(".metric").first().click()
  await page.locator(".preview .plot svg").waitFor()
  await look("WidgetDialog", "a number chosen")
  await button("Add to report").click()
  await drawn(page, 1)

  await page.route("**/crm-reports", (route) => route.abort())
  await button("Save").click()
  await page.getByText(/Your changes are still here/).waitFor()
  await look("Toasts", "a problem")
}

/** Edits a report that somebody else changes at the same time. */
export const changing: Walk = async ({ api, open, reportWith }) => {
  const id = await reportWith("To change", [stat, { ...stat, instanceId: "b", x: 3 }])
  const { look, page } = await open("#/new")
  const button = (name: string) => page.getByRole("button", { name, exact: true })
  const dialog = page.getByRole("dialog")
  await page.goto(page.url().replace(/#.*/, `#/reports/${id}`))
  await drawn(page, 2)
  await button("Edit").click()
  await page.locator(".editable-grid .card, .grid.editing .card").nth(1).waitFor()
  await button("More for Total new leads").first().click()
  await look("WidgetTools", "menu")
  await button("Duplicate").last().click()
  await look("ReportPage", "edited")
  await button("Edit Total new leads").first().click()
  await dialog.getByText("Its own timeframe").click()
  await dialog.getByText("Filters of this card").click()
  await look("WidgetDialog", "a card")
  await page.keyboard.press("Escape")

  await api("PATCH", `/${id}`, { title: "Theirs", description: "Of somebody else" })
  await page.getByLabel("Title", { exact: true }).fill("Mine")
  await button("Save").click()
  await dialog.getByText("Title: Theirs").waitFor()
  await look("ConflictDialog")
  await page.route("**/crm-reports", (route) => route.abort())
  await button("Save mine as a copy").click()
  await dialog.getByRole("alert").waitFor()
  await look("ConflictDialog", "with a problem")
  await page.unroute("**/crm-reports")
  await page.keyboard.press("Escape")
  await api("DELETE", `/${id}`)
  await button("Save").click()
  await button("Save mine as a new report").waitFor()
  await look("ConflictDialog", "deleted")
}
