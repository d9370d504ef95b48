import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { anaAtClerk, clerkInstead } from "./support/clerkInstead.ts"
import { demoApi } from "./support/demoApi.ts"
import { heldBack } from "./support/heldBack.ts"
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

  const withClerk = async (page: Page, token: string) => {
    await page.route(
      "**/app/sign-in",
      (route) => route.fulfill({ json: { kind: "clerk", publishableKey: "pk_test_x" } })
    )
    await clerkInstead(page, { user: anaAtClerk, organization: { id: "org_demo" } }, token)
    await page.goto(address())
    await drawn(page, 11)
  }

  it("the development sign-in stores no token in the browser", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    assert.notMatch(await kept(page), /eyJ|Bearer/)
    await page.close()
  })

  it("the sign-in with Clerk stores no token in the browser", async () => {
    const token = (await tokenOf()).replace("Bearer ", "")
    const { page } = await opened(browser(), "about:blank")
    await withClerk(page, token)
    assert.notInclude(await kept(page), token)
    assert.notMatch(await kept(page), /eyJ|Bearer/)
    await page.getByRole("button", { name: /^Signed in as/ }).click()
    await page.getByRole("button", { name: "Highland Estates" }).waitFor()
    await page.getByRole("button", { name: "Sign out" }).click()
    await page.getByRole("heading", { name: "Sign in to see your reports" }).waitFor()
    await page.close()
  })

  it("after a change of the organization, the page shows its reports, and nothing of the other organization", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    await page.getByRole("application", { name: /^Leads by status: / }).focus()
    await page.keyboard.press("ArrowRight")
    const announced = page.getByText(/^New: \d+$/)
    await announced.waitFor({ state: "attached" })
    await page.getByRole("button", { name: /^Signed in as/ }).click()
    await page.getByRole("button", { name: /^Alice Morgan/ }).click()
    await page.getByRole("heading", { level: 1, name: "Owner's overview Harbor Realty" }).waitFor()
    assert.strictEqual(await announced.count(), 0)
    await page.close()
  })

  it("the page shows the second of two people who are chosen quickly, whichever token arrives first", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    const first = Promise.withResolvers<void>()
    await page.route("**/app/sign-in", async (route) => {
      if (route.request().postData()?.includes("user_marc") === true) await first.promise
      await route.continue()
    })
    await page.getByRole("button", { name: /^Signed in as/ }).click()
    await page.getByRole("button", { name: /^Marc Soler/ }).click()
    await page.getByRole("button", { name: /^Bea / }).click()
    const bea = page.getByRole("button", { name: /^Signed in as Bea/ })
    await bea.waitFor()
    const answered = page.waitForResponse("**/app/sign-in")
    first.resolve()
    await (await answered).finished()
    await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
    assert.strictEqual(await bea.count(), 1)
    await page.close()
  })

  it("a request of an earlier person whose token is refused does not change the person", async () => {
    const { page } = await opened(browser(), address())
    await drawn(page, 11)
    const files = await heldBack(page, `**/${page.url().split("/").at(-1)}/run`, "POST")
    await page.getByRole("button", { name: "More", exact: true }).click()
    await page.getByRole("button", { name: "CSV" }).click()
    await page.getByRole("button", { name: /^Signed in as/ }).click()
    await page.getByRole("button", { name: /^Marc Soler/ }).click()
    const marc = page.getByRole("button", { name: "Signed in as Marc Soler" })
    await marc.waitFor()
    const renewed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/app/sign-in"))
    await page.route("**/app/sign-in", (route) => route.abort())
    await files.release((route) => route.fulfill({ status: 401, json: { code: "token_expired", message: "Expired." } }))
    await renewed
    await page.evaluate("new Promise(requestAnimationFrame)")
    assert.strictEqual(await page.getByRole("dialog").count(), 0)
    assert.strictEqual(await marc.count(), 1)
    await page.close()
  })

  it("the page asks before it signs out a person whose edits are not saved", async () => {
    const token = (await tokenOf()).replace("Bearer ", "")
    const { page } = await opened(browser(), "about:blank")
    await withClerk(page, token)
    await page.getByRole("button", { name: "Edit", exact: true }).click()
    await page.getByLabel("Title", { exact: true }).fill("Not lost")
    const asked = page.waitForEvent("dialog")
    await page.getByRole("button", { name: /^Signed in as/ }).click()
    const signOut = page.getByRole("button", { name: "Sign out" }).click()
    await (await asked).dismiss()
    await signOut
    assert.strictEqual(await page.getByLabel("Title", { exact: true }).inputValue(), "Not lost")
    await page.close()
  })
})
