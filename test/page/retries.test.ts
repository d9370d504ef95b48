import { assert, describe, it } from "@effect/vitest"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { dialogOf, openedMails } from "./support/mailsDialog.ts"
import { setting } from "./support/setting.ts"
import { triedAgain } from "./support/triedAgain.ts"

describe.skipIf(isBrowserMissing)("requests after a failure", () => {
  const { address, browser } = setting()
  const { reportWith } = demoApi(address)

  it("the sidebar lists the reports once the service can be reached again", async () => {
    const { page } = await opened(browser(), "about:blank")
    await page.clock.install()
    const service = { isDown: true }
    await page.route("**/crm-reports?*", (route) => service.isDown ? route.abort() : route.continue())
    await page.goto(address("#/new"))
    const sidebar = page.getByRole("navigation", { name: "Reports" })
    await sidebar.getByText("The service cannot be reached").waitFor()
    service.isDown = false
    await page.clock.runFor(11_000)
    await sidebar.getByRole("link", { name: "Pipeline" }).waitFor()
    await page.close()
  })

  it("the dialog of mails that was opened in an outage lists the subscriptions once the service can be reached", async () => {
    const { page } = await opened(browser(), address(`#/reports/${await reportWith("Sent in an outage", [stat])}`))
    await drawn(page, 1)
    const service = { isDown: true }
    await page.route("**/subscriptions", (route) => service.isDown ? route.abort() : route.continue())
    await openedMails(page)
    await dialogOf(page).getByRole("alert").getByText("The service cannot be reached").waitFor()
    service.isDown = false
    await dialogOf(page).getByText("This report is not sent to anybody yet.").waitFor()
    assert.strictEqual(await dialogOf(page).getByRole("alert").count(), 0)
    await page.close()
  })

  it("a run that was refused as wrong is not repeated without a click", async () => {
    const { page } = await opened(browser(), "about:blank")
    await page.clock.install()
    const asked: Array<string> = []
    await page.route("**/metrics/run", (route) => {
      asked.push(route.request().url())
      return route.fulfill({ status: 400, json: { code: "invalid_request", message: ["Wrong dates."], issues: [] } })
    })
    await page.goto(address(`#/reports/${await reportWith("Wrong dates", [stat])}`))
    await page.getByRole("alert").getByText("Wrong dates.").waitFor()
    await page.clock.runFor(11_000)
    await page.evaluate(`fetch("/app/sign-in").then((response) => response.text())`)
    assert.strictEqual(asked.length, 1)
    await page.close()
  })

  it("a report with filters says that the catalog cannot be read, and is drawn once it can", async () => {
    const { page } = await opened(browser(), "about:blank")
    const service = { isDown: true }
    await page.route("**/crm-reports/catalog", (route) =>
      service.isDown
        ? route.fulfill({ status: 429, json: { code: "rate_limited", message: "Too many requests." } })
        : route.continue())
    await page.goto(address("#/new"))
    const [overview] = await Promise.all([
      page.getByRole("link", { name: "Owner's overview" }).getAttribute("href"),
      page.getByRole("button", { name: /^Empty report/ }).waitFor()
    ])
    await page.evaluate(`location.hash = "${overview}?source=portal"`)
    await page.getByRole("alert").getByText("Too many requests.").waitFor()
    await triedAgain(page, page, "**/crm-reports/catalog")
    service.isDown = false
    await drawn(page, 11)
    await page.close()
  })
})
