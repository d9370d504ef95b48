import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { isBrowserMissing, opened } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { setting } from "./support/setting.ts"

const edit = (page: Page) => page.getByRole("button", { name: "Edit", exact: true })
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true })
const title = (page: Page) => page.getByLabel("Title", { exact: true })

describe.skipIf(isBrowserMissing)("two editors of one report", () => {
  const { address, browser } = setting()
  const { api, reportWith } = demoApi(address)

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
    await page.getByRole("button", { name: "Save mine as a new report" }).click()
    await page.getByRole("heading", { name: /^Rescued/ }).waitFor()
    await page.close()
  })
})
