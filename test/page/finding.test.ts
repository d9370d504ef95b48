import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

describe.skipIf(isBrowserMissing)("finding", () => {
  const { address, browser } = setting()
  const { reportWith } = demoApi(address)
  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name })
  const selected = (page: Page, name: string) => page.getByRole("option", { name, selected: true })

  it.each(["Control+k", "/"])("%s, three letters and Enter open a report", async (keys) => {
    const { complaints, page } = await opened(browser(), address())
    await drawn(page)
    await page.keyboard.press(keys)
    await page.getByRole("combobox").and(page.locator(":focus")).waitFor()
    await page.keyboard.type("pip")
    await selected(page, "Pipeline").waitFor()
    await page.keyboard.press("Enter")
    await heading(page, "Pipeline").and(page.locator(":focus")).waitFor()
    assert.strictEqual(await page.getByRole("dialog").count(), 0)
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("after a command, a save, a freeze, or a new report by keyboard, the heading has the focus", async () => {
    const id = await reportWith("Headed", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    const focused = (name: string) => heading(page, name).and(page.locator(":focus")).waitFor()
    const found = async (text: string, name: string) => {
      await page.getByRole("combobox").and(page.locator(":focus")).waitFor()
      await page.keyboard.type(text)
      await selected(page, name).waitFor()
      await page.keyboard.press("Enter")
    }
    await page.getByRole("button", { name: "Freeze", exact: true }).waitFor()
    await page.keyboard.press("Control+k")
    await found("edit", "Edit")
    await focused("Edit Headed")
    await page.getByLabel("Description").fill("Of the keyboard")
    await page.getByRole("button", { name: "Save", exact: true }).press("Enter")
    await focused("Headed")
    await page.getByRole("button", { name: "Freeze", exact: true }).press("Enter")
    await page.getByLabel("Title", { exact: true }).press("Enter")
    await focused("Headed, ")
    await page.getByRole("button", { name: "Find" }).press("Enter")
    await found("new rep", "New report")
    await focused("New report")
    await page.close()
  })

  it("letters that are typed while the search is loaded are kept", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page)
    const { release } = await heldBack(page, "**/FindDialog*.js", "GET")
    await page.keyboard.press("/")
    await page.getByRole("textbox", { name: "Find a report or a command" }).and(page.locator(":focus")).waitFor()
    await page.keyboard.type("pi")
    await release()
    await page.getByRole("combobox").and(page.locator(":focus")).waitFor()
    await page.keyboard.type("p")
    await selected(page, "Pipeline").waitFor()
    assert.strictEqual(await page.getByRole("combobox").inputValue(), "pip")
    await page.close()
  })

  it("on a phone, the list of reports has the search, and closes for it", async () => {
    const { page } = await opened(browser(), address(), phone)
    await drawn(page)
    await page.getByRole("button", { name: "Reports", exact: true }).tap()
    await page.getByRole("button", { name: "Find" }).tap()
    await page.getByRole("option", { name: "Team board" }).tap()
    await heading(page, "Team board").waitFor()
    await page.getByRole("button", { name: "Find" }).waitFor({ state: "hidden" })
    await page.close()
  })

  it("the arrow keys go through the found commands, and keys in a field do not open the search", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByLabel("Describe it").pressSequentially("a/f")
    assert.strictEqual(await page.getByLabel("Describe it").inputValue(), "a/f")
    assert.strictEqual(await page.evaluate("document.fullscreenElement"), null)
    await page.keyboard.press("Control+k")
    await page.getByRole("combobox").fill("theme")
    await selected(page, "Light theme").waitFor()
    await page.keyboard.press("ArrowDown")
    await selected(page, "Dark theme").waitFor()
    await page.keyboard.press("Enter")
    await page.locator("html[data-theme=dark]").waitFor()
    await page.close()
  })

  it("the search freezes and downloads the shown report, and says near the field that nothing is found", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page)
    const search = page.getByRole("combobox", { name: "Find a report or a command" })
    await page.keyboard.press("Control+k")
    await search.fill("zzz")
    const [field, none] = [await search.boundingBox(), await page.getByText("No name fits.").boundingBox()]
    assert.isBelow((none?.y ?? Infinity) - (field?.y ?? 0) - (field?.height ?? 0), 40)
    for (const [word, name] of [["email", "Send"], ["remove", "Delete"], ["compare", "Previous period"]] as const) {
      await search.fill(word)
      await selected(page, name).waitFor()
    }
    await search.fill("freeze")
    await selected(page, "Freeze").waitFor()
    await page.keyboard.press("Enter")
    const freeze = page.getByRole("dialog").getByRole("button", { name: "Freeze", exact: true })
    await freeze.waitFor()
    await page.keyboard.press("Escape")
    await freeze.waitFor({ state: "detached" })
    await page.keyboard.press("/")
    await search.fill("pdf")
    await selected(page, "PDF").waitFor()
    const asked = page.waitForRequest("**/run")
    await page.keyboard.press("Enter")
    assert.strictEqual((await asked).headers()["accept"], "application/pdf")
    await page.close()
  })

  it("“Copy link” copies the address of exactly this view", async () => {
    const { page } = await opened(browser(), address(), { permissions: ["clipboard-read", "clipboard-write"] })
    await drawn(page)
    await page.getByRole("button", { name: "Previous period" }).click()
    await page.waitForURL(/compare=previous/)
    await page.getByRole("button", { name: "Copy link" }).click()
    await said(page, /^The link of this view/)
    assert.strictEqual(await page.evaluate("navigator.clipboard.readText()"), page.url())
    await page.close()
  })

  it("f shows only the report on the full screen, with its timeframe", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page)
    await page.keyboard.press("f")
    await page.getByRole("navigation").waitFor({ state: "hidden" })
    await page.getByText("Last 12 months, by month").waitFor()
    assert.strictEqual(await page.getByRole("button", { name: "Freeze", exact: true }).count(), 0)
    await page.keyboard.press("f")
    await page.getByRole("navigation").waitFor()
    await page.close()
  })

  it("? lists the keyboard shortcuts, and the search lists them as a command", async () => {
    const { complaints, page } = await opened(browser(), address())
    await drawn(page)
    await page.keyboard.press("?")
    const list = page.getByRole("dialog", { name: "Keyboard shortcuts" })
    await list.getByRole("row", { name: "Find a report or a command Ctrl K /" }).waitFor()
    await page.keyboard.press("Escape")
    await list.waitFor({ state: "hidden" })
    await page.keyboard.press("/")
    await page.getByRole("combobox").fill("shortcuts")
    await selected(page, "Keyboard shortcuts").waitFor()
    await page.keyboard.press("?")
    assert.strictEqual(await page.getByRole("combobox").inputValue(), "shortcuts?")
    await page.getByRole("combobox").fill("shortcuts")
    await page.keyboard.press("Enter")
    await list.waitFor()
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("on a Mac, the shortcuts are with the key ⌘", async () => {
    const userAgent =
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
    const { page } = await opened(browser(), address(), { userAgent })
    await drawn(page)
    await page.getByRole("button", { name: "Find" }).getByText("⌘ K").waitFor()
    await page.keyboard.press("?")
    const list = page.getByRole("dialog", { name: "Keyboard shortcuts" })
    await list.getByRole("row", { name: "Redo ⇧ ⌘ Z" }).waitFor()
    await page.close()
  })

  it("the screen stays on while the page fills it, also after the page was hidden", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page)
    await page.evaluate(`
      window.locks = []
      Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
        const at = window.locks.push("held") - 1
        return { release: async () => { window.locks[at] = "released" } }
      } } })`)
    const locksAre = (locks: ReadonlyArray<string>) =>
      until("the wake locks", () => page.evaluate("window.locks"), locks)
    await page.keyboard.press("f")
    await locksAre(["held"])
    await page.evaluate(`document.dispatchEvent(new Event("visibilitychange"))`)
    await locksAre(["released", "held"])
    await page.keyboard.press("f")
    await locksAre(["released", "released"])
    await page.close()
  })
})
