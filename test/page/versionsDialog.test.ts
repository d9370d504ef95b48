import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { isBrowserMissing, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
import { setting } from "./support/setting.ts"

const { address, browser } = setting()
const { api, reportWith } = demoApi(address)

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })

const titlesOf = async (id: string) => {
  const { results } = await api("GET", `/${id}/versions`)
  return results.map(({ title }: { readonly title: string }) => title)
}

const openedVersions = async (page: Page) => {
  await button(page, "More").click()
  await button(page, "Versions").click()
  await page.getByRole("dialog").getByText("Version 1").waitFor()
}

describe.skipIf(isBrowserMissing)("the versions of a report on the page", () => {
  it("a version is restored, and the restore is taken back", async () => {
    const id = await reportWith("First title", [stat])
    await api("PATCH", `/${id}`, { title: "Second title", layout: { widgets: [] } })
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await openedVersions(page)
    const rows = await page.getByRole("dialog").locator(".version").allInnerTexts()
    assert.lengthOf(rows, 2)
    assert.match(rows[0] ?? "", /^Version 2 \(now\)[^]+Title: Second title[^]+Removed “/)
    assert.match(rows[1] ?? "", /Oldest version that is kept/)
    await button(page, "Restore version 1").click()
    await said(page, /Version 1 is restored/)
    await page.getByRole("heading", { name: "First title" }).waitFor()
    assert.deepEqual(await titlesOf(id), ["First title", "Second title", "First title"])
    await button(page, "Undo").click()
    await page.getByRole("heading", { name: "Second title" }).waitFor()
    assert.deepEqual(await titlesOf(id), ["Second title", "First title", "Second title", "First title"])
    await page.close()
  })

  it("a restore that ends after its dialog was closed leaves another dialog open", async () => {
    const id = await reportWith("First title", [stat])
    await api("PATCH", `/${id}`, { title: "Second title" })
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await openedVersions(page)
    const { release, until } = await heldBack(page, "**/restore", "POST")
    await button(page, "Restore version 1").click()
    await until()
    await page.keyboard.press("Escape")
    await page.getByRole("dialog").waitFor({ state: "detached" })
    await button(page, "Freeze").click()
    const title = page.getByRole("dialog").getByLabel("Title", { exact: true })
    await title.fill("Before the restore")
    await release()
    await said(page, /Version 1 is restored/)
    await page.getByText("First title").first().waitFor()
    assert.strictEqual(await title.inputValue(), "Before the restore")
    await page.close()
  })

  it("a version is not restored over a version that was saved meanwhile", async () => {
    const id = await reportWith("First title", [stat])
    await api("PATCH", `/${id}`, { title: "Second title" })
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await openedVersions(page)
    await api("PATCH", `/${id}`, { title: "Third title" })
    await button(page, "Restore version 1").click()
    await page.getByRole("alert").filter({ hasText: "Another version was saved meanwhile" }).waitFor()
    await page.getByRole("dialog").getByText("Version 3 (now)").waitFor()
    assert.deepEqual(await titlesOf(id), ["Third title", "Second title", "First title"])
    await page.close()
  })

  it("a version that is private again names no people who can see it", async () => {
    const { id } = await api("POST", "", { title: "Shared", layout: { widgets: [] } })
    await api("PATCH", `/${id}`, { visibility: "people", people: ["user_bea"] })
    await api("PATCH", `/${id}`, { visibility: "people", people: ["user_bea", "user_carlos"] })
    await api("PATCH", `/${id}`, { visibility: "private" })
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await openedVersions(page)
    const rows = await page.getByRole("dialog").locator(".version ul").allInnerTexts()
    assert.deepStrictEqual(rows, [
      "Visibility: private",
      "Other people can see it",
      "Visibility: chosen people",
      "Oldest version that is kept"
    ])
    await page.close()
  })

  it("people who may not change a report restore nothing", async () => {
    const { id } = await api("POST", "", { title: "Shared", visibility: "organization", layout: { widgets: [stat] } })
    await api("PATCH", `/${id}`, { title: "Shared again" })
    const { page } = await opened(browser(), address(`#/reports/${id}`), { userId: "user_bea" })
    await openedVersions(page)
    assert.strictEqual(await button(page, "Restore version 1").count(), 0)
    await page.close()
  })
})
