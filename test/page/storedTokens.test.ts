import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { anaAtClerk, clerkInstead } from "./support/clerkInstead.ts"
import { demoApi } from "./support/demoApi.ts"
import { setting } from "./support/setting.ts"

/** Returns everything that the browser stores for the page. */
const kept = async (page: Page): Promise<string> => {
  const inside = await page.evaluate(
    `indexedDB.databases().then((databases) =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, databases, history.state, name]))`
  )
  return `${inside} ${JSON.stringify(await page.context().cookies())}`
}

describe.skipIf(isBrowserMissing)("tokens in the browser", () => {
  const { address, browser } = setting()
  const { tokenOf } = demoApi(address)

  it("the development sign-in stores no token in the browser", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    assert.notMatch(await kept(page), /eyJ|Bearer/)
    await page.close()
  })

  it("the sign-in with Clerk stores no token in the browser", async () => {
    const token = (await tokenOf()).replace("Bearer ", "")
    const { page } = await opened(browser(), "about:blank")
    await page.route(
      "**/app/sign-in",
      (route) => route.fulfill({ json: { kind: "clerk", publishableKey: "pk_test_x" } })
    )
    await clerkInstead(page, { user: anaAtClerk, organization: { id: "org_demo" } }, token)
    await page.goto(address())
    await drawn(page, 11)
    assert.notInclude(await kept(page), token)
    assert.notMatch(await kept(page), /eyJ|Bearer/)
    await page.getByRole("button", { name: /^Signed in as/ }).click()
    await page.getByRole("button", { name: "Highland Estates" }).waitFor()
    await page.getByRole("button", { name: "Sign out" }).click()
    await page.getByRole("heading", { name: "Sign in to see your reports" }).waitFor()
    await page.close()
  })
})
