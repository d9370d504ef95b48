import { assert, describe, it } from "@effect/vitest"
import { readFile } from "node:fs/promises"
import { isBrowserMissing, opened } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { setting } from "./support/setting.ts"

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

  it("a member has no link to the audit log, and sees none at its address", async () => {
    const { page } = await opened(browser(), address("#/audit"), { userId: "user_bea" })
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor()
    assert.strictEqual(await page.getByRole("link", { name: "Audit log" }).count(), 0)
    await page.close()
  })
})
