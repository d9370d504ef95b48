import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { publishableKeyOf } from "../support/publishableKeyOf.ts"
import { clerkSettings, issuer, makeKeyPair } from "../support/Tokens.ts"
import { isBrowserMissing, opened } from "./support/browser.ts"
import { setting } from "./support/setting.ts"

const accounts = "https://accounts.crm.example"

const environment = {
  auth_config: { object: "auth_config", single_session_mode: true },
  display_config: { object: "display_config", sign_in_url: `${accounts}/sign-in` },
  user_settings: { attributes: {}, social: {}, sign_in: {}, sign_up: {} },
  organization_settings: { enabled: true }
}

/** Clerk sends this response to a browser in which nobody has signed in. */
const client = { object: "client", id: "client_1", sessions: [], last_active_session_id: null }

/** Responds in place of Clerk's host. The content security policy of the page still applies. */
const answersForClerk = (page: Page, answered: Array<string>) =>
  page.route(`${issuer}/**`, async (route) => {
    const request = route.request()
    const { pathname } = new URL(request.url())
    answered.push(pathname)
    await route.fulfill({
      headers: {
        "access-control-allow-origin": request.headers()["origin"] ?? "",
        "access-control-allow-credentials": "true"
      },
      json: pathname === "/v1/environment" ? environment : { response: client, client: null }
    })
  })

describe.skipIf(isBrowserMissing)("the page with Clerk", () => {
  const { address, browser } = setting({
    NODE_ENV: "production",
    DEVELOPMENT_SIGN_IN: "false",
    ...clerkSettings(makeKeyPair().publicPem),
    CLERK_PUBLISHABLE_KEY: publishableKeyOf(new URL(issuer).host)
  })

  it("Clerk's library loads under the page's security policy and gives the link to the sign-in", async () => {
    const { complaints, page } = await opened(browser(), "about:blank")
    const answered: Array<string> = []
    await answersForClerk(page, answered)
    await page.goto(address())
    const link = await page.getByRole("link", { name: "Sign in" }).getAttribute("href")
    assert.isTrue(link?.startsWith(`${accounts}/sign-in`))
    assert.include(link, encodeURIComponent(address()))
    assert.includeMembers(answered, ["/v1/environment", "/v1/client"])
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })
})
