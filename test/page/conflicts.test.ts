import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { isBrowserMissing, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
import { setting } from "./support/setting.ts"

const edit = (page: Page) => page.getByRole("button", { name: "Edit", exact: true })
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true })
const title = (page: Page) => page.getByLabel("Title", { exact: true })

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })

const { address, browser } = setting()
const { api, reportWith } = demoApi(address)

describe.skipIf(isBrowserMissing)("two editors of one report", () => {
  it.each([
    ["saved over the other version", "Save mine over it", "Mine"],
    ["saved as a copy", "Save mine as a copy", "Theirs"],
    ["discarded", "Discard mine", "Theirs"]
  ])(
    "an edit of a report that somebody else changed meanwhile can be %s",
    async (_name, button, kept) => {
      const id = await reportWith("Two tabs", [stat])
      const { page } = await opened(browser(), address(`#/reports/${id}`))
      await edit(page).click()
      await title(page).fill("Mine")
      await api("PATCH", `/${id}`, { title: "Theirs", description: "Also theirs" })
      await save(page).click()
      const dialog = page.getByRole("dialog", { name: "This report was changed meanwhile" })
      await dialog.getByText("Title: Theirs").waitFor()
      await dialog.getByText("Title: Mine").waitFor()
      await dialog.getByRole("button", { name: button }).click()
      await edit(page).waitFor()
      const { description, title: titled } = await api("GET", `/${id}`)
      assert.deepStrictEqual([titled, description], [kept, "Also theirs"])
      if (button.includes("copy")) await page.getByRole("heading", { name: /^Mine \(copy\)/ }).waitFor()
      await page.close()
    }
  )

  it("an edit begins with the version that somebody else saved after the page was opened", async () => {
    const id = await reportWith("Before", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await edit(page).waitFor()
    await api("PATCH", `/${id}`, { title: "Saved meanwhile" })
    await edit(page).click()
    await title(page).waitFor()
    assert.strictEqual(await title(page).inputValue(), "Saved meanwhile")
    await title(page).fill("Mine")
    await save(page).click()
    await page.getByRole("heading", { name: /^Mine/ }).waitFor()
    await page.close()
  })

  it("an edit of a report that was deleted meanwhile can be saved as a new report", async () => {
    const id = await reportWith("Deleted", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await edit(page).click()
    await title(page).fill("Rescued")
    await api("DELETE", `/${id}`)
    await save(page).click()
    await page.getByText("It was deleted, or its owner made it private.").waitFor()
    await page.getByRole("button", { name: "Save mine as a new report" }).click()
    await page.getByRole("heading", { name: /^Rescued/ }).waitFor()
    await page.close()
  })

  it("a save whose response was lost is not shown as a change of another person", async () => {
    const id = await reportWith("Lost", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await edit(page).click()
    await title(page).fill("Lost and found")
    await page.getByRole("button", { name: /^Move Total new leads/ }).press("Shift+ArrowDown")
    await page.route(`**/crm-reports/${id}`, async (route) => {
      await route.fetch()
      await route.abort()
    }, { times: 1 })
    await save(page).click()
    await said(page, /^Not saved/)
    await save(page).click()
    await edit(page).or(page.getByRole("dialog")).first().waitFor()
    assert.strictEqual(await page.getByRole("dialog").count(), 0)
    await page.close()
  })

  it("a report that is begun while another one is saved becomes a report of its own", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /^Pipeline/ }).click()
    await title(page).fill("Saved slowly")
    const saves = await heldBack(page, "**/crm-reports", "POST")
    await save(page).click()
    assert.isTrue(await button(page, "Discard").isDisabled())
    await page.getByRole("link", { name: "New report" }).click()
    await page.getByRole("button", { name: /^Activity/ }).click()
    await title(page).fill("Begun meanwhile")
    await saves.release()
    await said(page, /^Saved/)
    assert.match(page.url(), /#\/reports\/new$/)
    await save(page).click()
    await page.getByRole("heading", { level: 1, name: "Begun meanwhile" }).waitFor()
    await page.getByRole("link", { name: "Saved slowly" }).click()
    await page.getByRole("heading", { level: 1, name: "Saved slowly" }).waitFor()
    await page.close()
  })

  it("behind an open dialog, Ctrl+Z and Ctrl+S do nothing", async () => {
    const { page } = await opened(browser(), address(`#/reports/${await reportWith("Behind", [stat])}`))
    await edit(page).click()
    await title(page).fill("Still here")
    await button(page, "Add a card").click()
    const add = page.getByRole("dialog").getByRole("button", { name: "Cancel" })
    await add.focus()
    await page.keyboard.press("Control+z")
    await page.keyboard.press("Control+s")
    await add.click()
    assert.strictEqual(await title(page).inputValue(), "Still here")
    await button(page, "Save").and(page.locator(":enabled")).waitFor()
    await page.close()
  })
})

describe.skipIf(isBrowserMissing)("a snapshot", () => {
  it("a snapshot that was not verified does not show the verdict of another snapshot", async () => {
    const report = await reportWith("Verified", [stat])
    const first = await api("POST", `/${report}/snapshots`, { title: "First" })
    const second = await api("POST", `/${report}/snapshots`, { title: "Second" })
    const { page } = await opened(browser(), address(`#/snapshots/${first.id}`))
    await button(page, "Verify").waitFor()
    await page.evaluate(`location.hash = "#/snapshots/${second.id}"`)
    await page.getByRole("heading", { level: 1, name: "Second" }).waitFor()
    const width = async (name: string) => (await button(page, name).boundingBox())?.width
    const before = await width("Verify")
    await button(page, "Verify").click()
    await button(page, "Unchanged since it was frozen").waitFor()
    assert.strictEqual(await width("Unchanged since it was frozen"), before)
    await page.goBack()
    await page.getByRole("heading", { level: 1, name: "First" }).waitFor()
    assert.strictEqual(await button(page, "Unchanged since it was frozen").count(), 0)
    await page.close()
  })

  it("a freeze that is cancelled does not lead to its snapshot", async () => {
    const { page } = await opened(browser(), address(`#/reports/${await reportWith("Cancelled", [stat])}`))
    const freezes = await heldBack(page, "**/snapshots", "POST")
    await button(page, "Freeze").click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Title", { exact: true }).press("Enter")
    await freezes.until()
    const ended = page.waitForEvent("requestfailed")
    await dialog.getByRole("button", { name: "Cancel" }).click()
    await ended
    await freezes.release((route) => route.abort())
    assert.include(page.url(), "#/reports/")
    await page.close()
  })

  it("a freeze whose response was lost is repeated with its key, but not after its dialog was closed", async () => {
    const id = await reportWith("Lost", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    const keys: Array<string | undefined> = []
    await page.route("**/snapshots", async (route) => {
      if (route.request().method() !== "POST") return route.fallback()
      keys.push(route.request().headers()["idempotency-key"])
      if (keys.length > 2) return route.fallback()
      await route.fetch()
      await route.abort()
    })
    const dialog = page.getByRole("dialog")
    const freeze = dialog.getByRole("button", { name: "Freeze", exact: true })
    const alert = dialog.getByRole("alert")
    await button(page, "Freeze").click()
    await freeze.click()
    await alert.waitFor()
    const repeated = page.waitForEvent("requestfailed")
    await freeze.click()
    await repeated
    await alert.waitFor()
    await dialog.getByRole("button", { name: "Cancel" }).click()
    await dialog.waitFor({ state: "detached" })
    await button(page, "Freeze").click()
    await freeze.click()
    await said(page, /^Frozen/)
    assert.lengthOf(new Set(keys.slice(0, 2)), 1)
    assert.notStrictEqual(keys[2], keys[0])
    assert.lengthOf((await api("GET", `/${id}/snapshots`)).results, 2)
    await page.close()
  })
})
