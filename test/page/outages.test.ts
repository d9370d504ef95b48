import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

/** Moves the clock of the page on. After each step, the page gets answers from the network. */
const passed = async (page: Page, seconds: number) => {
  for (let step = 0; step < seconds * 2; step++) {
    await page.clock.runFor(500)
    await page.evaluate(`fetch("/icon.svg").catch(() => {})`)
  }
}

describe.skipIf(isBrowserMissing)("the page during an outage", () => {
  const { address, browser } = setting()
  const { reportWith } = demoApi(address)

  it.each(["**/app/sign-in", "**/crm-reports?*", "**/crm-reports/**"])(
    "a page that was opened while %s did not answer loads by itself within ten seconds",
    async (path) => {
      const { page } = await opened(browser(), "about:blank")
      await page.clock.install()
      const service = { isDown: true, refused: 0 }
      await page.route(path, (route) => {
        if (!service.isDown) return route.continue()
        service.refused += 1
        return route.fulfill({ status: 503, json: { code: "unavailable", message: "Not now." } })
      })
      await page.goto(address())
      await page.getByText("Not now.").first().waitFor()
      await passed(page, 60)
      assert.isAbove(service.refused, 5)
      assert.isBelow(service.refused, 200)
      service.isDown = false
      await passed(page, 10)
      await drawn(page, 11)
      await page.close()
    }
  )

  it("a view that was chosen during an outage says so without a break while it is asked for again", async () => {
    const id = await reportWith("Out of reach", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`))
    await drawn(page, 1)
    await page.clock.install()
    const service = { refused: 0 }
    await page.route("**/metrics/run", (route) => {
      service.refused += 1
      return route.fulfill({ status: 503, json: { code: "unavailable", message: "Not now." } })
    })
    await page.evaluate(`location.hash = "#/reports/${id}?time=last_12m&by=month"`)
    await until("the problem", async () => {
      await passed(page, 1)
      return await page.getByRole("alert").getByText("Not now.").count() > 0
    })
    await page.evaluate(`
      window.breaks = 0
      new MutationObserver(() => {
        const [alert, old] = ["[role=alert]", ".card .plot svg"].map((one) => document.querySelector(one))
        if (alert === null || old !== null) window.breaks += 1
      }).observe(document.body, { childList: true, subtree: true })
    `)
    const before = service.refused
    await passed(page, 12)
    assert.isAbove(service.refused, before + 1)
    assert.strictEqual(await page.evaluate("window.breaks"), 0)
    await page.close()
  })

  it("a live page says during an outage when its numbers were counted, and is live again within ten seconds", async () => {
    const { page } = await opened(browser(), "about:blank", { isLive: true })
    await page.clock.install()
    await page.goto(address())
    await drawn(page, 11)
    await passed(page, 3)
    await page.getByRole("button", { name: "Live" }).waitFor()
    await page.context().setOffline(true)
    // The page hears of the outage by the silence of its stream.
    await until("an alert", async () => {
      await passed(page, 1)
      return await page.getByRole("alert").count() > 0
    })
    await page.getByRole("alert").getByText(/^The service cannot be reached.* The numbers are from \d.*\.$/).waitFor()
    await drawn(page, 11)
    await page.context().setOffline(false)
    await passed(page, 10)
    await page.getByRole("button", { name: "Live" }).waitFor()
    await page.getByRole("alert").waitFor({ state: "detached" })
    await page.close()
  })
})
