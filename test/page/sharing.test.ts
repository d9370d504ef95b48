import { assert, describe, it } from "@effect/vitest"
import { isBrowserMissing, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
import { setting } from "./support/setting.ts"

const { address, browser } = setting()
const { api, reportWith } = demoApi(address)

describe.skipIf(isBrowserMissing)("sharing a report on the page", () => {
  it("a report is shared with chosen people, who see it as shared with them, and is made private again", async () => {
    const id = await reportWith("For a few", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await page.getByRole("button", { name: "Edit", exact: true }).click()
    await page.getByLabel("Who can see this report").selectOption("people")
    const dialog = page.getByRole("dialog")
    await dialog.getByText("0 people chosen").waitFor()
    assert.isTrue(await dialog.getByRole("button", { name: "Choose", exact: true }).isDisabled())
    await dialog.getByLabel("Search for a name").fill("bea")
    await dialog.getByRole("checkbox").check()
    await dialog.getByRole("button", { name: "Choose", exact: true }).click()
    await page.getByRole("button", { name: "Save", exact: true }).click()
    await said(page, /^Saved/)
    await page.locator("h1").getByText("1 person").waitFor()
    assert.deepInclude(await api("GET", `/${id}`), { visibility: "people", people: ["user_bea"] })

    const { page: ofBea } = await opened(browser(), address(`#/reports/${id}`), { userId: "user_bea" })
    await ofBea.locator("h1").getByText("Shared with you").waitFor()
    await ofBea.getByRole("navigation").getByRole("heading", { name: "Shared with people" }).waitFor()
    assert.strictEqual(await ofBea.getByRole("button", { name: "Edit", exact: true }).count(), 0)
    await ofBea.close()

    await page.getByRole("button", { name: "Edit", exact: true }).click()
    await page.getByLabel("Who can see this report").selectOption("private")
    await page.getByRole("button", { name: "Save", exact: true }).click()
    await said(page, /^Saved/)
    assert.deepInclude(await api("GET", `/${id}`), { visibility: "private", people: [] })
    await page.close()
  })

  it("an admin who edits the shared report of another person is listed by name, and its owner is not", async () => {
    const body = { title: "Of Bea", visibility: "people", people: ["user_ana"], layout: { widgets: [stat] } }
    const { id } = await api("POST", "", body, { userId: "user_bea", role: "member" })
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    const button = (name: string) => page.getByRole("button", { name, exact: true })
    await button("Edit").click()
    await button("Choose people…").click()
    const people = page.getByRole("dialog").getByRole("group", { name: "People" })
    await people.getByRole("checkbox", { name: "Carlos Vidal", exact: true }).check()
    const names = await people.getByRole("checkbox", { checked: true }).locator("..").allInnerTexts()
    assert.deepStrictEqual(names.map((name) => name.split(" ")[0]), ["Ana", "Carlos"])
    assert.strictEqual(await people.getByRole("checkbox", { name: /Bea/ }).count(), 0)
    await button("Choose").click()
    await button("Save").click()
    await said(page, /^Saved/)
    assert.deepInclude(await api("GET", `/${id}`), { people: ["user_ana", "user_carlos"] })
    await page.close()
  })

  it("a snapshot is shared only after a choice and a confirmation, is read by others, and is taken back", async () => {
    const { id } = await api("POST", "", { title: "Frozen", visibility: "organization", layout: { widgets: [stat] } })
    const { id: snapshotId } = await api("POST", `/${id}/snapshots`, { everyone: true })
    const { page } = await opened(browser(), address(`#/snapshots/${snapshotId}`))
    const button = (name: string) => page.getByRole("button", { name, exact: true })
    await button("Share").click()
    const dialog = page.getByRole("dialog")
    await dialog.getByText("A shared snapshot is the one exception").waitFor()
    await dialog.getByLabel("Who can see it").selectOption("organization")
    assert.isTrue(await dialog.getByRole("button", { name: "Share", exact: true }).isDisabled())
    await dialog.getByRole("checkbox", { name: /^It has numbers of other people/ }).check()
    await dialog.getByRole("button", { name: "Share", exact: true }).click()
    await said(page, /^Shared\./)
    assert.deepInclude((await api("GET", `/snapshots/${snapshotId}`)).shared, {
      organization: true,
      sharedBy: "user_ana"
    })

    const { page: ofBea } = await opened(browser(), address(`#/snapshots/${snapshotId}`), { userId: "user_bea" })
    await ofBea.getByRole("heading", { name: /^Frozen/ }).waitFor()
    assert.strictEqual(await ofBea.getByRole("button", { name: /^(Share|Shared|Renew)$/ }).count(), 0)
    await ofBea.close()

    await button("Shared").click()
    await dialog.getByLabel("Who can see it").selectOption("nobody")
    await dialog.getByRole("button", { name: "Take back", exact: true }).click()
    await said(page, /^Nobody else/)
    assert.isNull((await api("GET", `/snapshots/${snapshotId}`)).shared)
    await page.close()
  })

  it("a failure to take a share back is told, although its dialog was closed", async () => {
    const { id } = await api("POST", "", {
      title: "Still shared",
      visibility: "organization",
      layout: { widgets: [stat] }
    })
    const { id: snapshotId } = await api("POST", `/${id}/snapshots`, {})
    await api("POST", `/snapshots/${snapshotId}/share`, { organization: true })
    const { page } = await opened(browser(), address(`#/snapshots/${snapshotId}`))
    await page.getByRole("button", { name: "Shared", exact: true }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Who can see it").selectOption("nobody")
    const { release, until } = await heldBack(page, "**/share", "DELETE")
    await dialog.getByRole("button", { name: "Take back", exact: true }).click()
    await until()
    await page.keyboard.press("Escape")
    await dialog.waitFor({ state: "detached" })
    await release((route) => route.fulfill({ status: 503, json: { code: "unavailable", message: "It is down." } }))
    await said(page, /^It is down/)
    await page.close()
  })
})
