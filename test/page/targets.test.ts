import { assert, describe, it } from "@effect/vitest"
import { violations } from "./support/axe.ts"
import { asksToLeave, isBrowserMissing, opened, said } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { demoApi } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

const { address, browser } = setting()
const { api } = demoApi(address)

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
    assert.strictEqual(await cell(`${person}, Jan`).inputValue(), "50,000")
    assert.strictEqual(await cell(`${person}, Feb`).inputValue(), "60,000")
    const march = await cell(`${person}, Mar`).inputValue()
    await cell(`${person}, Feb`).fill("many")
    assert.isTrue(await page.getByRole("button", { name: "Save", exact: true }).isDisabled())
    await page.getByText("A red cell is not a number.").waitFor()
    await page.getByRole("link", { name: "Stage weights", exact: true }).click()
    await page.getByRole("textbox", { name: "Offer, weight in percent", exact: true }).waitFor()
    assert.isTrue(await asksToLeave(page))
    await page.goBack()
    await cell(`${person}, Feb`).waitFor()
    assert.strictEqual(await cell(`${person}, Feb`).inputValue(), "many")
    await page.getByRole("button", { name: "Discard", exact: true }).click()
    assert.isFalse(await asksToLeave(page))
    await cell(`${person}, Feb`).fill("")
    const saves = await heldBack(page, "**/crm-reports/targets/*", "PATCH")
    await page.getByRole("button", { name: "Save", exact: true }).click()
    await saves.until()
    await cell(`${person}, Mar`).fill("7")
    await saves.release()
    await said(page, /^Targets saved. Your newer changes are not saved yet/)
    assert.strictEqual(await cell(`${person}, Mar`).inputValue(), "7")
    await page.getByRole("button", { name: "Discard", exact: true }).click()
    await page.reload()
    await cell(`${person}, Jan`).waitFor()
    assert.strictEqual(await cell(`${person}, Feb`).inputValue(), "")
    assert.strictEqual(await cell(`${person}, Mar`).inputValue(), march)
    assert.deepStrictEqual(await violations(page), [])
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("the year of a percentage is the mean of its months, and the year of a number is their sum", async () => {
    const { page } = await opened(browser(), address("#/targets"))
    const row = page.getByRole("row").filter({ has: page.getByRole("textbox") }).first()
    const yearAfter = async (metricId: string) => {
      await page.getByRole("combobox", { name: "Number", exact: true }).selectOption(metricId)
      await row.getByRole("textbox").nth(0).fill("30")
      await row.getByRole("textbox").nth(6).fill("40")
      return row.getByRole("cell").last().innerText()
    }
    assert.strictEqual(await yearAfter("deals.win_rate"), "35%")
    assert.strictEqual(await yearAfter("calls.logged_over_time"), "70")
    await page.close()
  })

  it("the year of a target is in the target's currency, and the text below the table names its row", async () => {
    const metricId = "deals.expected_value_over_time"
    const values = { [`${year}-01`]: 1_000 }
    await api("POST", "/targets", { metricId, for: "user_bea", period: "month", values, currency: "USD" })
    const { page } = await opened(browser(), address("#/targets"))
    await page.getByRole("combobox", { name: "Number", exact: true }).selectOption(metricId)
    await page.getByText("In EUR. The targets of Bea Navarro are in USD.").waitFor()
    const yearOf = (name: string) =>
      page.getByRole("row").filter({ hasText: name }).getByRole("cell").last().innerText()
    assert.deepStrictEqual([await yearOf("Bea Navarro"), await yearOf("Carlos Vidal")], ["$1,000", "€0"])
    await page.close()
  })

  it("the present month is in sight when the table opens on a phone, and January for another year", async () => {
    // All pages of a context have one clock, and no other test opens a page with these options.
    const { page } = await opened(browser(), address("#/targets"), { viewport: { width: 390, height: 844 } })
    await page.clock.setFixedTime(`${year}-09-15T12:00:00Z`)
    await page.reload()
    await page.getByRole("textbox", { name: new RegExp(`, Jan ${year}$`) }).first().waitFor()
    const isInSight = (month: number) => () =>
      page.evaluate(`{
        const heads = document.querySelectorAll(".target-table thead th")
        const [area, names, shown] = [document.querySelector(".target-scroll"), heads[0], heads[${month}]]
          .map((one) => one.getBoundingClientRect())
        names.right <= shown.left && shown.right <= area.right && scrollY === 0
      }`)
    await until("September", isInSight(9))
    await page.getByRole("combobox", { name: "Year", exact: true }).selectOption(`${year + 1}`)
    await page.getByRole("textbox", { name: new RegExp(`, Jan ${year + 1}$`) }).first().waitFor()
    await until("January", isInSight(1))
    await page.getByRole("combobox", { name: "Year", exact: true }).selectOption(`${year}`)
    await until("September", isInSight(9))
    assert.isAtMost(await page.locator("html").evaluate((html) => html.scrollWidth), 390)
    await page.close()
  })

  it("a member sees no link to the page of targets, and no targets of others at its address", async () => {
    const { page } = await opened(browser(), address("#/targets"), { userId: "user_bea" })
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor()
    assert.strictEqual(await page.getByRole("link", { name: "Targets" }).count(), 0)
    await page.close()
  })

  it("while open deals cannot be counted, the table of weights says so, and has no numbers for them", async () => {
    const { page } = await opened(browser(), "about:blank")
    const service = { isDown: true }
    await page.route("**/metrics/run", (route) =>
      service.isDown
        ? route.fulfill({ status: 503, json: { code: "unavailable", message: "No count now." } })
        : route.continue())
    await page.goto(address("#/targets/weights"))
    const ofOffer = async () =>
      (await page.getByRole("row", { name: /^Offer/ }).getByRole("cell").allInnerTexts()).slice(1)
    await page.getByRole("alert").getByText("No count now.").waitFor()
    assert.deepStrictEqual(await ofOffer(), ["–", "–", "–"])
    service.isDown = false
    await until("the count", async () => /^[1-9]/.test(String((await ofOffer())[0])))
    await page.close()
  })

  const weighted = { instanceId: "a", metricId: "deals.weighted_pipeline", chart: "stat", x: 0, y: 0, w: 4, h: 4 }

  it("a card without weights leads an admin to the table of weights, and tells a member that an admin sets them", async () => {
    const report = { title: "Forecast", visibility: "organization", layout: { widgets: [weighted] } }
    const hash = `#/reports/${(await api("POST", "", report)).id}?people=everyone`
    const missing = "No stage of deals has a weight yet. An admin can set the weights."
    const member = await opened(browser(), address(hash), { userId: "user_bea" })
    await cardOf(member.page, "Weighted pipeline").getByText(missing).waitFor()
    assert.strictEqual(await member.page.getByRole("link", { name: "Set the weights" }).count(), 0)
    await member.page.close()

    const { complaints, page } = await opened(browser(), address(hash))
    const save = page.getByRole("button", { name: "Save", exact: true })
    const offer = page.getByRole("textbox", { name: "Offer, weight in percent" })
    await cardOf(page, "Weighted pipeline").getByText(missing).waitFor()
    await page.getByRole("link", { name: "Set the weights" }).click()
    for (const wrong of ["101", "12.345", "half"]) {
      await offer.fill(wrong)
      await page.getByText("A red cell is not a percentage").waitFor()
      assert.isTrue(await save.isDisabled())
    }
    await offer.fill("60")
    const row = page.getByRole("row", { name: /^Offer/ })
    const [deals, price, weightedPrice] = (await row.getByRole("cell").allInnerTexts()).slice(1)
    assert.match(String(deals), /^[1-9]/)
    assert.notStrictEqual(price, weightedPrice)
    // The weights of another admin stay.
    await api("PUT", "/settings/stage-weights", { viewing: 25 })
    await save.click()
    await said(page, /^Weights saved/)
    assert.deepStrictEqual(await api("GET", "/settings/stage-weights"), { viewing: 25, offer: 60 })
    await page.goBack()
    await cardOf(page, "Weighted pipeline").getByLabel(/^Weighted pipeline: /).waitFor()
    await page.goto(address("#/targets/weights"))
    await page.reload()
    await offer.fill("")
    await save.click()
    await said(page, /^Weights saved/)
    assert.deepStrictEqual(await api("GET", "/settings/stage-weights"), { viewing: 25 })
    assert.deepStrictEqual(await violations(page), [])
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })
})
