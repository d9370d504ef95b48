import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { everyHands } from "./support/hands.ts"
import { heldBack } from "./support/heldBack.ts"
import { setting } from "./support/setting.ts"

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })
const wish = (page: Page) => page.getByLabel("Describe it")
const notice = (page: Page) => page.getByRole("region", { name: "Draft" })
const designs = "**/crm-reports/design"

describe.skipIf(isBrowserMissing)("describing a report", () => {
  const { address, browser } = setting()

  it.each(everyHands)(
    "a report can be described, opened as a draft and saved with $name alone",
    async ({ use, write }) => {
      const { complaints, page } = await opened(browser(), address("#/new"))
      await write(wish(page), "leads by source last quarter, win rate, and our horoscope")
      await use(button(page, "Make a draft"))
      const text = await notice(page).innerText()
      for (
        const part of ["It is not saved yet", "Leads by source; Win rate; Last quarter", "Not understood: horoscope"]
      ) assert.include(text, part)
      await drawn(page, 2)
      await button(page, "Last quarter, by week").waitFor()
      await use(button(page, "Save"))
      await button(page, "Edit").waitFor()
      assert.strictEqual(await notice(page).count(), 0)
      assert.deepStrictEqual(complaints, [])
      await page.close()
    }
  )

  it("Enter sends the wish, and Shift with Enter begins a new line", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await wish(page).focus()
    await page.keyboard.type("win rate")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("lost reasons")
    assert.strictEqual(await wish(page).inputValue(), "win rate\nlost reasons")
    await page.keyboard.press("Enter")
    await drawn(page, 2)
    await page.close()
  })

  it("hiding the notice of a draft does not change the draft", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await wish(page).fill("win rate")
    await button(page, "Make a draft").click()
    await button(page, "Hide the notice").click()
    await notice(page).waitFor({ state: "detached" })
    await button(page, "Undo").click()
    await page.getByText("An empty report. Begin with a number.").waitFor()
    await page.close()
  })

  it("Undo hides the notice of a draft, and only Redo shows it again", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await wish(page).fill("win rate")
    await button(page, "Make a draft").click()
    await notice(page).waitFor()
    await button(page, "Undo").click()
    await notice(page).waitFor({ state: "detached" })
    await button(page, "Redo").click()
    await notice(page).waitFor()
    await button(page, "Undo").click()
    await page.getByLabel("Title", { exact: true }).fill("Sales")
    await button(page, "Undo").and(page.locator(":enabled")).waitFor()
    assert.strictEqual(await notice(page).count(), 0)
    await page.close()
  })

  it("after a new report is begun over unsaved work, Undo brings the work back without the notice", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /^Empty report/ }).click()
    await page.getByLabel("Title", { exact: true }).fill("Long work")
    await page.getByRole("link", { name: "New report" }).click()
    await wish(page).fill("win rate")
    await button(page, "Make a draft").click()
    await notice(page).waitFor()
    await button(page, "Undo").click()
    await notice(page).waitFor({ state: "detached" })
    assert.strictEqual(await page.getByLabel("Title", { exact: true }).inputValue(), "Long work")
    await page.close()
  })

  it("a wish that could not be answered stays in its field and can be sent again", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.route(designs, (route) => route.abort())
    await wish(page).fill("win rate")
    await button(page, "Make a draft").click()
    await page.getByRole("alert").waitFor()
    assert.strictEqual(await wish(page).inputValue(), "win rate")
    await page.unroute(designs)
    await button(page, "Make a draft").click()
    await notice(page).waitFor()
    await page.close()
  })

  it("a person can stop the making of a draft and change the wish", async () => {
    const { page } = await opened(browser(), address("#/new"))
    const answers = await heldBack(page, designs, "POST")
    await wish(page).fill("win rate")
    await button(page, "Make a draft").click()
    await page.getByText("Making a draft…").waitFor()
    // A request that is stopped earlier is not sent.
    await answers.until()
    await button(page, "Stop").click()
    await button(page, "Make a draft").waitFor()
    await answers.release((route) => route.abort())
    await wish(page).fill("lost reasons")
    await button(page, "Make a draft").click()
    await page.getByRole("heading", { level: 2, name: "Lost reasons" }).waitFor()
    await page.close()
  })
})
