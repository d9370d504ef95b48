import { anaAtClerk, clerkInstead } from "../support/clerkInstead.ts"
import type { Walk } from "../support/Walk.ts"

const people = {
  "signed out": null,
  "without an organization": { ...anaAtClerk, organizationMemberships: [] },
  "choosing an organization": anaAtClerk
}

/** Shows the page before a person has signed in. */
export const signingIn: Walk = async ({ address, open }) => {
  const { look, page } = await open("#/new")
  const at = async () => {
    await page.goto("about:blank")
    await page.goto(address("#/new"))
  }
  await page.route("**/app/sign-in", (route) =>
    route.request().method() === "GET"
      ? route.continue()
      : route.fulfill({ status: 503, json: { code: "unavailable", message: "The service is restarting." } }))
  await at()
  await page.getByRole("alert").waitFor()
  await look("SignInPage", "a person")
  await page.unroute("**/app/sign-in")

  const described: { publishableKey: string | null } = { publishableKey: null }
  await page.route("**/app/sign-in", (route) => route.fulfill({ json: { kind: "clerk", ...described } }))
  await at()
  await page.getByRole("heading", { name: "Sign-in is not set up" }).waitFor()
  await look("SignInPage", "not set up")
  described.publishableKey = "pk_test_Y2xlcmsuZXhhbXBsZS5jb20k"
  for (const [state, user] of Object.entries(people)) {
    await clerkInstead(page, { user })
    await at()
    await page.getByRole("heading").waitFor()
    await look("SignInPage", state)
  }
}
