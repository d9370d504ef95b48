import type { Page } from "playwright-core"

const membership = (id: string, name: string, role: string) => ({ role, organization: { id, name } })

export const anaAtClerk = {
  id: "user_ana",
  fullName: "Ana Ferrer",
  organizationMemberships: [
    membership("org_demo", "Costa Homes", "org:admin"),
    membership("org_2", "Highland Estates", "org:member")
  ]
}

interface ClerkState {
  readonly user: Pick<typeof anaAtClerk, "id" | "fullName" | "organizationMemberships"> | null
  readonly organization?: { readonly id: string }
}

const library = (state: ClerkState, token: string) =>
  `export class Clerk {
    session = { getToken: async () => ${JSON.stringify(token)} }
    load = async () => {}
    signOut = async (callback) => { this.user = null; callback() }
    buildSignInUrl = () => "https://accounts.crm.example/sign-in"
    buildCreateOrganizationUrl = () => "https://accounts.crm.example/create-organization"
    constructor() { Object.assign(this, ${JSON.stringify(state)}) }
  }`

/** Replaces Clerk's library, which needs Clerk's service and stores its session in cookies of Clerk's host. */
export const clerkInstead = async (page: Page, state: ClerkState, token = ""): Promise<void> => {
  await page.unroute("**/assets/clerk*.js")
  await page.route(
    "**/assets/clerk*.js",
    (route) => route.fulfill({ contentType: "text/javascript", body: library(state, token) })
  )
}
