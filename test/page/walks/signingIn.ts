import type { Walk } from "../support/Walk.ts"

/** Replaces Clerk's library, which needs Clerk's service. */
const library = (clerk: object) =>
  `export class Clerk {
    load = async () => {};
    buildSignInUrl = () => "https://accounts.crm.example/sign-in";
    buildCreateOrganizationUrl = () => "https://accounts.crm.example/create-organization";
    constructor() { Object.assign(this, ${JSON.stringify(clerk)}) }
  }`

const membership = (id: string, name: string, role: string) => ({ role, organization: { id, name } })

const people = {
  "signed out": { user: null },
  "without an organization": { user: { id: "user_1", fullName: "Ana Ferrer", organizationMemberships: [] } },
  "choosing an organization": {
    user: {
      id: "user_1",
      fullName: "Ana Ferrer",
      organizationMemberships: [
        membership("org_1", "Costa Homes", "org:admin"),
        membership("org_2", "Highland Estates", "org:member")
      ]
    }
  }
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
  for (const [state, clerk] of Object.entries(people)) {
    await page.route(
      "**/assets/clerk*.js",
      (route) => route.fulfill({ contentType: "text/javascript", body: library(clerk) })
    )
    await at()
    await page.getByRole("heading").waitFor()
    await look("SignInPage", state)
    await page.unroute("**/assets/clerk*.js")
  }
}
