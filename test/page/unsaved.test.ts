import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { isBrowserMissing, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
import { setting } from "./support/setting.ts"

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })
const title = (page: Page) => page.getByLabel("Title", { exact: true })
const titled = (page: Page, name: RegExp) => page.getByRole("heading", { level: 1, name }).waitFor()

describe.skipIf(isBrowserMissing)("unsaved edits", () => {
  const { address, browser } = setting()
  const { api, reportWith, tokenOf } = demoApi(address)

  it("“Discard” asks before unsaved edits are lost", async () => {
    const { page } = await opened(browser(), address(`#/reports/${await reportWith("As it was", [stat])}`))
    await button(page, "Edit").click()
    await title(page).fill("Long work")
    await button(page, "Discard").click()
    const dialog = page.getByRole("dialog", { name: "Discard your changes?" })
    await dialog.getByRole("button", { name: "Cancel" }).click()
    assert.strictEqual(await title(page).inputValue(), "Long work")
    await button(page, "Discard").click()
    await dialog.getByRole("button", { name: "Discard" }).click()
    await titled(page, /^As it was/)
    await button(page, "Edit").click()
    await button(page, "Cancel").click()
    await button(page, "Edit").waitFor()
    await page.close()
  })

  it("the text of a question is as large as the text of the page", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /^Pipeline/ }).click()
    await button(page, "Discard").click()
    const sizeOf = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector("${selector}")).fontSize`)
    assert.strictEqual(await sizeOf("dialog p"), await sizeOf("body"))
    await page.close()
  })

  it("“Discard” asks before a new report is lost", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /^Pipeline/ }).click()
    await button(page, "Discard").click()
    await page.keyboard.press("Escape")
    assert.strictEqual(await title(page).inputValue(), "Pipeline")
    await button(page, "Discard").click()
    await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click()
    await button(page, "Edit").waitFor()
    await page.close()
  })

  it("an edit of a report that the person may no longer change can be saved as a copy", async () => {
    const { id } = await api("POST", "", { title: "Shared", visibility: "organization", layout: { widgets: [stat] } })
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await button(page, "Edit").click()
    await title(page).fill("Mine")
    const member = await tokenOf({ userId: "user_bea", role: "member" })
    await page.route(`**/crm-reports/${id}`, (route) =>
      route.request().method() === "PATCH"
        ? route.continue({ headers: { ...route.request().headers(), authorization: member } })
        : route.fallback())
    await button(page, "Save").click()
    const dialog = page.getByRole("dialog", { name: "You can no longer change this report" })
    await dialog.getByText("Only its owner or an admin may change this report.").waitFor()
    await dialog.getByRole("button", { name: "Keep editing" }).click()
    assert.strictEqual(await title(page).inputValue(), "Mine")
    await button(page, "Save").click()
    await dialog.getByRole("button", { name: "Save mine as a new report" }).click()
    await titled(page, /^Mine \(copy\)/)
    assert.strictEqual((await api("GET", `/${id}`)).title, "Shared")
    await page.close()
  })

  it("a second click on “Edit” does not begin the edit again, which would lose what was typed since", async () => {
    const id = await reportWith("Clicked twice", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await button(page, "Edit").waitFor()
    const read: Array<string> = []
    page.on("request", (request) => {
      if (request.url().endsWith(id)) read.push(request.method())
    })
    const reads = await heldBack(page, `**/crm-reports/${id}`, "GET")
    await button(page, "Edit").dispatchEvent("click")
    await button(page, "Edit").dispatchEvent("click")
    await reads.release()
    await title(page).waitFor()
    assert.deepStrictEqual(read, ["GET"])
    await page.close()
  })

  it("a report that is saved cannot be saved again when the person leaves it and comes back", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /^Activity/ }).click()
    await title(page).fill("Saved once")
    const saves = await heldBack(page, "**/crm-reports", "POST")
    await button(page, "Save").click()
    await page.goBack()
    await page.getByRole("link", { name: "Unsaved report" }).click()
    await title(page).fill("Edited since")
    assert.isTrue(await page.getByRole("button", { name: /^Sav/ }).isDisabled())
    await saves.release()
    await said(page, /^Saved. Your newer changes are not saved yet/)
    await button(page, "Save").click()
    await titled(page, /^Edited since/)
    const { results } = await api("GET", "?limit=100")
    const titles = results.map(({ title: name }: { readonly title: string }) => name)
    assert.isFalse(titles.includes("Saved once"))
    await page.close()
  })

  it("no dialog opens during the first save of a new report, because the saved report would close it", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /^Empty report/ }).click()
    await title(page).fill("Saved empty")
    const saves = await heldBack(page, "**/crm-reports", "POST")
    const loaded: Array<string> = []
    page.on("request", (request) => loaded.push(request.url()))
    await button(page, "Save").click()
    await saves.until()
    const add = page.locator(".empty").getByRole("button", { name: "Add a card", exact: true })
    await add.click()
    await page.getByLabel("Who can see this report").selectOption("people")
    assert.strictEqual(await page.getByRole("dialog").count(), 0)
    await saves.release()
    await said(page, /^Saved/)
    await titled(page, /^Saved empty/)
    assert.deepStrictEqual(loaded.filter((url) => url.includes("WidgetDialog")), [])
    await button(page, "Edit").click()
    await add.click()
    await page.getByRole("dialog").waitFor()
    assert.lengthOf(loaded.filter((url) => url.endsWith(".js") && url.includes("WidgetDialog")), 1)
    await page.close()
  })

  it("a conflict that is found after the person left the report is shown when the person comes back", async () => {
    const id = await reportWith("Left", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await button(page, "Edit").click()
    await title(page).fill("Mine")
    await api("PATCH", `/${id}`, { title: "Theirs" })
    const saves = await heldBack(page, `**/crm-reports/${id}`, "PATCH")
    await button(page, "Save").click()
    await page.getByRole("link", { name: "New report" }).click()
    const read = page.waitForResponse(`**/crm-reports/${id}`)
    const theirs = page.waitForResponse((response) =>
      response.url().endsWith(id) && response.request().method() === "GET"
    )
    await saves.release()
    await read
    await (await theirs).finished()
    await page.goBack()
    const dialog = page.getByRole("dialog", { name: "This report was changed meanwhile" })
    await dialog.getByRole("button", { name: "Close" }).click()
    assert.strictEqual(await title(page).inputValue(), "Mine")
    await page.close()
  })

  it("a snapshot is deleted only after a question", async () => {
    const { id } = await api("POST", `/${await reportWith("Frozen", [stat])}/snapshots`, { title: "Kept" })
    const { page } = await opened(browser(), address(`#/snapshots/${id}`))
    await button(page, "More").click()
    await button(page, "Delete snapshot").click()
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click()
    assert.strictEqual((await api("GET", `/snapshots/${id}`)).title, "Kept")
    await page.close()
  })
})
