import { assert, describe, it } from "@effect/vitest"
import type { Locator } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { closed, panel, shown } from "./support/panel.ts"
import { setting } from "./support/setting.ts"
import { triedAgain } from "./support/triedAgain.ts"

const heightOf = async (part: Locator) => (await part.boundingBox())?.height ?? 0

describe.skipIf(isBrowserMissing)("records that cannot be shown", () => {
  const { address, browser } = setting()

  const overview = async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    return page
  }

  it("a panel whose records could not be read loads them after “Try again”", async () => {
    const page = await overview()
    await page.route("**/metrics/records", (route) => route.abort())
    await cardOf(page, "Win rate").locator(".plot").click()
    await panel(page).getByText("The service cannot be reached").waitFor()
    await triedAgain(page, panel(page), "**/metrics/records")
    await page.unroute("**/metrics/records")
    await shown(page, "Win rate")
    await page.close()
  })

  it("a “Load more” that took too long shows the whole error above the loaded records, and is not the end", async () => {
    const page = await overview()
    await cardOf(page, "Total new leads").locator(".plot").click()
    await shown(page, "Total new leads")
    const table = panel(page).getByRole("region")
    const before = await heightOf(table)
    await page.route("**/metrics/records", async (route) => {
      const response = await route.fetch()
      const error = { code: "timeout", message: "Reading the records took too long." }
      await route.fulfill({ response, json: { ...await response.json(), results: [], next: null, error } })
    })
    await panel(page).getByRole("button", { name: "Load more" }).click()
    const alert = panel(page).getByRole("alert")
    await alert.waitFor()
    assert.isAtLeast(await heightOf(alert), await heightOf(alert.getByRole("button", { name: "Try again" })))
    assert.isAbove(await heightOf(table), 0.8 * before)
    await panel(page).getByText(/^The newest 50 of \d+$/).waitFor()
    assert.strictEqual(await panel(page).getByRole("button", { name: "Load more" }).count(), 1)
    await page.close()
  })

  it("a card that is shown as a table shows the error of its next count", async () => {
    const page = await overview()
    const card = cardOf(page, "Win rate")
    await card.getByRole("button", { name: "More for Win rate" }).click()
    await page.getByRole("button", { name: "Show as a table", exact: true }).click()
    await card.getByRole("columnheader").first().waitFor()
    await page.route("**/metrics/run", async (route) => {
      const response = await route.fetch()
      const { results } = await response.json()
      const error = { code: "unknown_metric", message: "The number is gone." }
      const failed = results.map((one: object) => ({ ...one, error }))
      await route.fulfill({ response, json: { results: failed } })
    })
    await page.getByRole("button", { name: "Count again" }).click()
    await card.getByText("The number is gone.").waitFor()
    await page.close()
  })

  it("a part of the page that cannot be loaded is reported in a dialog over the open report, and is loaded at the next click", async () => {
    const page = await overview()
    await page.route("**/assets/RecordsPanel*", (route) => route.abort())
    await cardOf(page, "Win rate").locator(".plot").click()
    await page.getByRole("dialog", { name: "The records cannot be shown" }).waitFor()
    await closed(page)
    await drawn(page, 11)
    await page.unroute("**/assets/RecordsPanel*")
    await cardOf(page, "Win rate").locator(".plot").click()
    await shown(page, "Win rate")
    assert.isTrue(
      await page.evaluate(`[...document.styleSheets].some(({ href }) => href?.includes("/RecordsPanel") === true)`)
    )
    await page.close()
  })
})
