import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

describe.skipIf(isBrowserMissing)("a part of the page that a later version of the service no longer has", () => {
  const { address, browser } = setting()

  const without = async (part: string) => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    await page.clock.install()
    await page.route(`**/assets/${part}*.js`, (route) => route.fulfill({ status: 404 }))
    return page
  }

  const reloadIsAdvised = (page: Page) =>
    until("the advice to load the page again", async () => {
      await page.clock.runFor(4_000)
      return await page.getByText("A part of this page could not be loaded").count() > 0
    })

  it("a list says that the page must be loaded again, and the report stays", async () => {
    const page = await without("ChooserPanel")
    await page.getByRole("button", { name: "Everyone", exact: true }).click()
    await reloadIsAdvised(page)
    await drawn(page, 11)
    await page.close()
  })

  it("a place says that the page must be loaded again, and the way back still leads to the report", async () => {
    const page = await without("TargetsPage")
    await page.getByRole("link", { name: "Targets", exact: true }).click()
    await reloadIsAdvised(page)
    await page.goBack()
    await drawn(page, 11)
    await page.close()
  })

  it("cards can be moved after an outage in which an edit has begun, and the grid has its styles", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    await page.clock.install()
    const service = { isDown: true, refused: 0 }
    await page.route("**/assets/EditableGrid*", (route) => {
      if (!service.isDown) return route.continue()
      service.refused += 1
      return route.abort()
    })
    await page.getByRole("button", { name: "Edit", exact: true }).click()
    await until("a second load", async () => {
      await page.clock.runFor(4_000)
      return service.refused > 2
    })
    service.isDown = false
    await until("the grid", async () => {
      await page.clock.runFor(4_000)
      return await page.locator(".react-grid-layout").count() > 0
    })
    // This is a rule of the style sheet of the grid only.
    const position = `getComputedStyle(document.querySelector(".react-grid-layout")).position`
    assert.strictEqual(await page.evaluate(position), "relative")
    await page.close()
  })
})
