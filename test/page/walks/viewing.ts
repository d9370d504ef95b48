import { drawn, said } from "../support/browser.ts"
import { triedAgain } from "../support/triedAgain.ts"
import type { Walk } from "../support/Walk.ts"

/** Shows a report to an admin. */
export const viewing: Walk = async ({ open }) => {
  const { look, page } = await open("")
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true })
  const escape = () => page.keyboard.press("Escape")
  await drawn(page, 11)
  await look("ReportPage")

  await page.getByRole("button", { name: /^Last 12 months/ }).click()
  await button("Custom dates").click()
  await look("ViewBar", "timeframe")
  await escape()
  await button("Reset").click()
  await button("Everyone").click()
  await look("ViewBar", "people")
  await escape()
  await button("Filter").click()
  await page.getByRole("checkbox", { name: "portal" }).check()
  await look("ViewBar", "filters")
  await escape()
  await look("ReportPage", "filtered")
  await button("Reset").click()

  await button("More").click()
  await look("ReportActions", "menu")
  await escape()
  if (await button("Reports").isVisible()) {
    await button("Reports").click()
    await look("Sidebar", "open")
  }
  await page.getByRole("button", { name: /^Signed in as/ }).click()
  await look("PersonMenu")
  await escape()
  if (await button("Reports").isVisible()) await button("Reports").click()

  await page.locator(".card").first().hover()
  await button("Show Total new leads as a table").click()
  await look("Card", "table")
  await button("How Total new leads is counted").click()
  await look("HowCounted")
  await escape()
  await page.locator(".card .plot svg").nth(3).hover()
  await look("Plot", "tooltip")
  const dialog = page.getByRole("dialog")
  await page.route("**/metrics/records", (route) => route.abort())
  await page.getByRole("application", { name: /^Win rate: / }).press("Enter")
  await dialog.getByRole("alert").waitFor()
  await look("RecordsPanel", "with a problem")
  await triedAgain(page, dialog, "**/metrics/records")
  await page.unroute("**/metrics/records")
  await dialog.getByRole("row").nth(1).waitFor()
  await look("RecordsPanel")
  await escape()
}

/** Shows and prints the first report as a member. Then opens a report without cards. */
export const reading: Walk = async ({ open, reportWith }) => {
  const { look, page } = await open("", { userId: "user_bea" })
  await drawn(page, 11)
  await page.emulateMedia({ media: "print" })
  await look("ReportPage", "printed")
  await page.emulateMedia({ media: "screen" })
  const empty = await open(`#/reports/${await reportWith("Empty", [])}`)
  await empty.page.getByText("This report has no cards yet.").waitFor()
  await empty.look("EmptyReport", "not edited")
}

/** Opens the snapshots and the menu of a report. */
export const freezing: Walk = async ({ open, reportWith }) => {
  const id = await reportWith("To freeze", [
    { instanceId: "a", metricId: "deals.win_rate", chart: "stat", x: 0, y: 0, w: 3, h: 3 },
    { instanceId: "b", metricId: "leads.created_over_time", chart: "area", x: 3, y: 0, w: 9, h: 7 },
    { instanceId: "c", metricId: "deals.pipeline_value", chart: "stat", x: 0, y: 3, w: 3, h: 4 }
  ])
  const { look, page } = await open(`#/reports/${id}`)
  const button = (name: string) => page.getByRole("button", { name, exact: true })
  const dialog = page.getByRole("dialog")
  await drawn(page, 2)
  await page.getByRole("button", { name: "Snapshots" }).click()
  await dialog.getByText("There are none yet.").waitFor()
  await look("SnapshotsDialog", "empty")
  await page.keyboard.press("Escape")
  await button("More").click()
  await button("Freeze on a schedule").click()
  await dialog.getByLabel("How often").waitFor()
  await look("ScheduleDialog", "without a schedule")
  await dialog.getByRole("button", { name: "Set schedule" }).click()
  await said(page, /^From now on/)
  await button("More").click()
  await button("Freeze on a schedule").click()
  await dialog.getByText("The next snapshot is due on").waitFor()
  await look("ScheduleDialog", "with a schedule")
  await page.keyboard.press("Escape")

  await button("Freeze").click()
  await page.route("**/snapshots", (route) => route.abort())
  await dialog.getByRole("button", { name: "Freeze" }).click()
  await dialog.getByRole("alert").waitFor()
  await look("FreezeDialog", "with a problem")
  await page.unroute("**/snapshots")
  await dialog.getByRole("button", { name: "Freeze" }).click()
  await said(page, /^Frozen/)
  await drawn(page, 2)
  await look("SnapshotPage")
  await button("Verify").click()
  await button("Unchanged since it was frozen").waitFor()
  await button("More").click()
  await look("SnapshotPage", "menu")
  await button("Delete snapshot").click()
  await look("SnapshotPage", "deleting")
  await page.keyboard.press("Escape")
  await look("SnapshotPage", "verified")

  await page.getByRole("link", { name: "To the live report" }).click()
  await drawn(page, 3)
  await page.locator(".card").last().hover()
  await button("Pipeline value over time").click()
  await dialog.getByRole("link").first().waitFor()
  await look("OverTime")
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: "Snapshots 1" }).click()
  await dialog.getByRole("link").waitFor()
  await look("SnapshotsDialog")
  await page.keyboard.press("Escape")
  await button("More").click()
  await button("Delete").click()
  await page.route("**/crm-reports/*", (route) => route.abort())
  await dialog.getByRole("button", { name: "Delete" }).click()
  await dialog.getByRole("alert").waitFor()
  await look("ReportActions", "a report that cannot be deleted")
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
}
