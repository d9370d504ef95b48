import type { ClerkClient } from "../../src/page/session/ClerkClient.ts"
import { clerkSignIn } from "../../src/page/session/clerkSignIn.ts"
import { inEnglish } from "../page/support/english.ts"

inEnglish()

interface Held {
  isSignedIn: boolean
  active: string | undefined
  organizations: ReadonlyArray<readonly [id: string, role: string]>
  issued: number
  failure: Error | undefined
  asked: Array<{ readonly organizationId: string; readonly skipCache?: boolean }>
  /** An organization becomes active only after its promise. */
  slow: ReadonlyMap<string, Promise<void>>
}

/** Imitates Clerk's library, which returns a cached token until a fresh one is requested. */
export const browserClerk = (start: Partial<Held> = {}) => {
  const held: Held = {
    isSignedIn: true,
    active: "org_demo",
    organizations: [["org_demo", "org:admin"]],
    issued: 1,
    failure: undefined,
    asked: [],
    slow: new Map(),
    ...start
  }
  const user = () => ({
    id: "user_ana",
    fullName: "Ana Ferrer",
    username: null,
    organizationMemberships: held.organizations.map(([id, role]) => ({
      role,
      organization: { id, name: `Name of ${id}` }
    }))
  })
  const session = {
    getToken: async (options: Held["asked"][number]) => {
      held.asked.push(options)
      if (held.failure !== undefined) throw held.failure
      if (!held.isSignedIn) return null
      if (options.skipCache === true) held.issued += 1
      return `token ${held.issued}`
    }
  }
  const clerk: ClerkClient = {
    get user() {
      return held.isSignedIn ? user() : null
    },
    get organization() {
      return held.active === undefined ? null : { id: held.active }
    },
    session,
    client: { lastActiveSessionId: "sess_1", reload: async () => {} },
    signOut: async (callback) => {
      held.isSignedIn = false
      callback()
    },
    setActive: async ({ organization }) => {
      await held.slow.get(organization ?? "")
      held.active = organization
    },
    buildSignInUrl: () => "https://accounts.crm.example/sign-in",
    buildCreateOrganizationUrl: () => "https://accounts.crm.example/create-organization"
  }
  const tabs: Array<string> = []
  const signIn = clerkSignIn("pk_live_x", (address) => tabs.push(address), async () => clerk)
  return { held, signIn, tabs }
}
