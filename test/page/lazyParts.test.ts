import { afterEach, assert, beforeEach, describe, it, vi } from "@effect/vitest"
import type { Page } from "playwright-core"
import { untilLoaded } from "../../src/page/shell/untilLoaded.ts"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

describe("the load of a part of the page", () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const loadedAfter = async (failures: number, millis: number) => {
    const seen = { loads: 0, result: "waiting" }
    const load = async () => {
      seen.loads += 1
      if (seen.loads <= failures) throw new Error("gone")
      return "loaded"
    }
    untilLoaded(load).then(
      (result) => {
        seen.result = result
      },
      ({ message }: Error) => {
        seen.result = message
      }
    )
    await vi.advanceTimersByTimeAsync(millis)
    return seen
  }

  it.each([
    [0, 0, 1, "loaded"],
    [1, 3_999, 1, "waiting"],
    [1, 4_000, 2, "loaded"],
    [15, 59_999, 15, "waiting"],
    [15, 60_000, 16, "loaded"],
    [1_000, 60_000, 16, "gone"],
    [1_000, 600_000, 16, "gone"]
  ])("after %i failures and %i ms, %i loads were tried and it is %s", async (failures, millis, loads, result) => {
    assert.deepStrictEqual(await loadedAfter(failures, millis), { loads, result })
  })
})

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
})
