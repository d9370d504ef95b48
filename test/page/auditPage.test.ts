import { assert, describe, it } from "@effect/vitest"
import { readFile } from "node:fs/promises"
import { isBrowserMissing, opened } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

const { address, browser } = setting()
const { api, reportWith } = demoApi(address)

describe.skipIf(isBrowserMissing)("the audit log on the page", () => {
  it("an admin chooses a person and an action, and downloads the chosen events", async () => {
    const id = await reportWith("Audited", [stat])
    await api("PATCH", `/${id}`, { visibility: "organization" })
    const { complaints, page } = await opened(browser(), address("#/audit"))
    const row = (words: RegExp) =>
      page.getByRole("row").filter({ has: page.getByRole("link", { name: "Audited" }) })
        .filter({ hasText: words })
    await row(/Created/).waitFor()
    assert.match(await row(/Shared/).innerText(), /Ana.*Shared.*Report.*Audited.*Version 2 · Visibility: organization/s)
    await page.getByRole("combobox", { name: "Action" }).selectOption("Shared")
    await row(/Created/).waitFor({ state: "detached" })
    await row(/Shared/).waitFor()
    const downloading = page.waitForEvent("download")
    await page.getByRole("button", { name: "Download as CSV" }).click()
    const download = await downloading
    assert.strictEqual(download.suggestedFilename(), "Audit log.csv")
    const [head = "", ...lines] = (await readFile(await download.path(), "utf8")).trim().split("\r\n")
    assert.include(head, "userId")
    assert.isTrue(lines.some((line) => line.includes(id)))
    assert.deepStrictEqual(lines.filter((line) => !line.includes(",share,")), [])
    await page.getByRole("combobox", { name: "Person" }).selectOption({ value: "user_bea" })
    await page.getByText("There are no events.").waitFor()
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("after a failed “Load more”, the loaded events are not read again until the admin asks", async () => {
    await reportWith("Audited in pages", [stat])
    const { page } = await opened(browser(), "about:blank")
    await page.clock.install()
    let firstPages = 0
    await page.route("**/crm-reports/audit?*", async (route) => {
      if (route.request().url().includes("cursor=")) return await route.abort()
      firstPages += 1
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...await response.json(), next: "later" } })
    })
    await page.goto(address("#/audit"))
    await page.getByRole("button", { name: "Load more" }).click()
    // A failed request is tried twice more, and then the banner shows the error.
    await until("the banner", async () => {
      await page.clock.runFor(500)
      return await page.getByRole("alert").count() > 0
    })
    await page.clock.runFor(11_000)
    await page.evaluate(`fetch("/app/sign-in").then((response) => response.text())`)
    assert.strictEqual(firstPages, 1)
    await page.getByRole("link", { name: "Audited in pages" }).first().waitFor()
    await page.close()
  })

  it("a person who has left has a name in the audit log and can be chosen", async () => {
    await reportWith("Audited after a leave", [stat])
    const { page } = await opened(browser(), "about:blank")
    await page.route("**/crm-reports/audit?*", async (route) => {
      const response = await route.fetch()
      const { results, ...rest } = await response.json()
      const left = results.map((event: object) => ({ ...event, userId: "user_jon" }))
      await route.fulfill({ response, json: { ...rest, results: left } })
    })
    await page.goto(address("#/audit"))
    await page.getByRole("cell", { name: "Jon Etxeberria", exact: true }).first().waitFor()
    const chosen = page.waitForResponse(/\/audit\?userId=user_jon$/)
    await page.getByRole("combobox", { name: "Person" }).selectOption("Jon Etxeberria (has left)")
    await chosen
    await page.close()
  })

  it("a member has no link to the audit log, and sees none at its address", async () => {
    const { page } = await opened(browser(), address("#/audit"), { userId: "user_bea" })
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor()
    assert.strictEqual(await page.getByRole("link", { name: "Audit log" }).count(), 0)
    await page.close()
  })
})
