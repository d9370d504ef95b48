import { assert, describe, it } from "@effect/vitest"
import type { Route } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { panel } from "./support/panel.ts"
import { setting } from "./support/setting.ts"

describe.skipIf(isBrowserMissing)("the number of all records", () => {
  const { address, browser } = setting()

  const overview = async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    return { page }
  }

  it("a panel shows the newest records while the number of all records is still counted", async () => {
    const { page } = await overview()
    const held: Array<Route> = []
    await page.route("**/metrics/records", async (route) => {
      if (route.request().postDataJSON().part !== "totals") return route.fallback()
      held.push(route)
    })
    await cardOf(page, "Total new leads").locator(".plot").click()
    await panel(page).getByRole("row").nth(1).waitFor()
    await panel(page).getByText("Counting…").waitFor()
    await panel(page).getByText("The newest 50", { exact: true }).waitFor()
    await Promise.all(held.map((route) => route.continue()))
    await panel(page).getByText(/^[\d,]+ leads$/).waitFor()
    await panel(page).getByText(/^The newest 50 of \d+$/).waitFor()
    await page.close()
  })

  it("a panel shows the newest records even if the number of all records cannot be counted", async () => {
    const { page } = await overview()
    await page.route("**/metrics/records", (route) =>
      route.request().postDataJSON().part === "totals"
        ? route.fulfill({ status: 400, json: { code: "invalid_request", message: ["no"], issues: [] } })
        : route.fallback())
    await cardOf(page, "Total new leads").locator(".plot").click()
    await panel(page).getByText("The total is not available").waitFor()
    assert.strictEqual(await panel(page).getByRole("row").count(), 51)
    await page.close()
  })

  it("a number of all records whose count took too long is counted again after a click", async () => {
    const { page } = await overview()
    const service = { isSlow: true }
    await page.route("**/metrics/records", async (route) => {
      if (!service.isSlow || route.request().postDataJSON().part !== "totals") return route.fallback()
      const response = await route.fetch()
      const error = { code: "timeout", message: "Reading the records took too long." }
      await route.fulfill({ response, json: { ...await response.json(), error } })
    })
    await cardOf(page, "Total new leads").locator(".plot").click()
    await panel(page).getByText("The total is not available").waitFor()
    service.isSlow = false
    await panel(page).getByRole("button", { name: "Count again" }).click()
    await panel(page).getByText(/^[\d,]+ leads$/).waitFor()
    await page.close()
  })

  it("“Count again” updates the card and the panel, so that both show the same number", async () => {
    const { page } = await opened(browser(), address("#/new"))
    await page.getByRole("button", { name: /^Empty report/ }).waitFor()
    const card = { isOld: true }
    await page.route("**/metrics/run", async (route) => {
      const response = await route.fetch()
      const { results } = await response.json()
      const old = results.map((one: { readonly stat: { readonly value: number } | null }) =>
        one.stat === null ? one : { ...one, stat: { ...one.stat, value: one.stat.value - 1 } }
      )
      await route.fulfill({ response, json: { results: card.isOld ? old : results } })
    })
    await page.goto(address("#/"))
    await drawn(page, 11)
    await cardOf(page, "Total new leads").locator(".plot").click()
    const notice = panel(page).getByText(/^The card shows/)
    await notice.waitFor()
    card.isOld = false
    // The new total comes before the new number of the card.
    const counted = page.waitForResponse((response) =>
      response.url().endsWith("/records") && response.request().postDataJSON().part === "totals"
    )
    const held = Promise.withResolvers<void>()
    await page.route("**/metrics/run", async (route) => {
      await held.promise
      await route.fallback()
    })
    await notice.getByRole("button", { name: "Count again" }).click()
    await (await counted).finished()
    await panel(page).locator(".records-number[aria-busy=false]").waitFor()
    assert.strictEqual(await notice.count(), 0)
    const answered = page.waitForResponse("**/metrics/run")
    held.resolve()
    await (await answered).finished()
    await panel(page).locator(".records-number[aria-busy=false]").waitFor()
    await notice.waitFor({ state: "detached" })
    await page.close()
  })
})
