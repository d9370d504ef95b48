import { assert, describe, it } from "@effect/vitest"
import { readFile } from "node:fs/promises"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { panel, shown } from "./support/panel.ts"
import { setting } from "./support/setting.ts"

describe.skipIf(isBrowserMissing)("sorted tables", () => {
  const { address, browser } = setting()
  const head = (page: Page, name: string) => panel(page).getByRole("columnheader", { name, exact: true })

  const openedRecords = async () => {
    const { page } = await opened(browser(), address("#/"))
    await drawn(page, 11)
    await cardOf(page, "Total new leads").locator(".plot").click()
    await shown(page, "Total new leads")
    return page
  }

  it("records are sorted by a column after all of them are loaded", async () => {
    const page = await openedRecords()
    assert.strictEqual(await panel(page).getByRole("row").count(), 51)
    await head(page, "Id").getByRole("button").click()
    await panel(page).getByText(/^All \d+ sorted$/).waitFor()
    assert.strictEqual(await head(page, "Id").getAttribute("aria-sort"), "ascending")
    const ids = await panel(page).getByRole("rowheader").allInnerTexts()
    const texts = new Intl.Collator("en", { numeric: true })
    assert.strictEqual(ids.length, 200)
    assert.deepStrictEqual(ids, ids.toSorted(texts.compare))
    await panel(page).getByRole("button", { name: "Load more" }).click()
    await panel(page).getByRole("rowheader").nth(200).waitFor()
    await page.close()
  })

  it("a hidden column is neither in the list nor in its file, does not sort the list, and stays hidden", async () => {
    const page = await openedRecords()
    const hide = async () => {
      await panel(page).getByRole("button", { name: "Columns" }).click()
      await panel(page).getByRole("checkbox", { name: "Source" }).click()
      await page.keyboard.press("Escape")
    }
    const rows = panel(page).getByRole("rowheader")
    const newest = await rows.allInnerTexts()
    await head(page, "Source").getByRole("button").click()
    await panel(page).getByText(/^All \d+ sorted$/).waitFor()
    await hide()
    await head(page, "Source").waitFor({ state: "detached" })
    assert.strictEqual(await panel(page).locator("[aria-sort]").count(), 0)
    assert.deepStrictEqual((await rows.allInnerTexts()).slice(0, newest.length), newest)
    const downloading = page.waitForEvent("download")
    await panel(page).getByRole("button", { name: "as CSV" }).click()
    const [first = ""] = (await readFile(await (await downloading).path(), "utf8")).split("\r\n")
    assert.notInclude(first.split(","), "Source")
    assert.include(first.split(","), "Status")
    await page.reload()
    await drawn(page, 11)
    await cardOf(page, "Total new leads").locator(".plot").click()
    await shown(page, "Total new leads")
    assert.strictEqual(await head(page, "Source").count(), 0)
    await hide()
    await head(page, "Source").waitFor()
    await page.close()
  })

  it("the table of a card is sorted by a column, and its cells still open their own records", async () => {
    const { page } = await opened(browser(), address("#/"))
    await drawn(page, 11)
    const card = cardOf(page, "Leads by status")
    await card.getByRole("button", { name: "More for Leads by status" }).click()
    await page.getByRole("button", { name: "Show as a table", exact: true }).click()
    await card.getByRole("columnheader", { name: "Value" }).getByRole("button").press("Enter")
    await card.locator("[aria-sort=descending]").waitFor()
    const cells = card.locator("td.number .cell-button")
    const numbers = (await cells.allInnerTexts()).map(Number)
    assert.deepStrictEqual(numbers, numbers.toSorted((a, b) => b - a))
    const name = await card.getByRole("row").nth(2).locator("td").first().innerText()
    await cells.nth(1).click()
    await shown(page, `Leads by status: ${name}`)
    await page.close()
  })
})
