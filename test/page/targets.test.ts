import { assert, describe, it } from "@effect/vitest"
import { violations } from "./support/axe.ts"
import { isBrowserMissing, opened, said } from "./support/browser.ts"
import { setting } from "./support/setting.ts"

const { address, browser } = setting()

const year = new Date().getFullYear()

describe.skipIf(isBrowserMissing)("the page of targets", () => {
  it("an admin pastes targets from a spreadsheet, saves them, and finds them again", async () => {
    const { complaints, page } = await opened(browser(), address("#/targets"))
    const cell = (name: string) => page.getByRole("textbox", { name: `${name} ${year}`, exact: true })
    const january = page.getByRole("textbox", { name: new RegExp(`, Jan ${year}$`) }).nth(1)
    const person = ((await january.getAttribute("aria-label")) ?? "").split(",")[0] ?? ""
    await january.focus()
    await page.evaluate(`
      const data = new DataTransfer()
      data.setData("text", "€ 50.000,00\\t60,000\\n1\\t2")
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
    `)
    await page.getByRole("button", { name: "Save", exact: true }).click()
    await said(page, /^Targets saved/)
    await page.reload()
    await cell(`${person}, Feb`).waitFor()
    assert.strictEqual(await cell(`${person}, Jan`).inputValue(), "50000")
    assert.strictEqual(await cell(`${person}, Feb`).inputValue(), "60000")
    await cell(`${person}, Feb`).fill("many")
    assert.isTrue(await page.getByRole("button", { name: "Save", exact: true }).isDisabled())
    await page.getByText("A red cell is not a number.").waitFor()
    await page.getByRole("button", { name: "Discard" }).click()
    await cell(`${person}, Feb`).fill("")
    await page.getByRole("button", { name: "Save", exact: true }).click()
    await said(page, /^Targets saved/)
    await page.reload()
    await cell(`${person}, Jan`).waitFor()
    assert.strictEqual(await cell(`${person}, Feb`).inputValue(), "")
    assert.deepStrictEqual(await violations(page), [])
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("a member sees no link to the page of targets, and no targets of others at its address", async () => {
    const { page } = await opened(browser(), address("#/targets"), { userId: "user_bea" })
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor()
    assert.strictEqual(await page.getByRole("link", { name: "Targets" }).count(), 0)
    await page.close()
  })
})
