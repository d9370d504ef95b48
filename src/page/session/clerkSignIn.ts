import { sentence } from "../api/Problem.ts"
import { t } from "../shell/messages.ts"
import { type ClerkClient, type ClerkUser, loadClerk } from "./ClerkClient.ts"
import { clerkSession } from "./clerkSession.ts"
import type { Person } from "./Session.ts"
import type { SignIn } from "./SignIn.ts"
import { signInStore } from "./signInStore.ts"

const membershipsOf = (user: ClerkUser): ReadonlyArray<Person> =>
  user.organizationMemberships.map(({ organization, role }) => ({
    organizationId: organization.id,
    organizationName: organization.name,
    userId: user.id,
    name: user.fullName ?? user.username ?? user.id,
    role: role === "org:admin" ? "admin" : "member"
  }))

export const clerkSignIn = (
  publishableKey: string | null,
  openTab: (address: string) => void,
  load: (publishableKey: string) => Promise<ClerkClient> = loadClerk
): SignIn => {
  const { choosing, set, state, subscribe } = signInStore()
  const held: {
    clerk: ClerkClient | undefined
    resumed: (() => Promise<boolean>) | undefined
    choice: Promise<void>
  } = { clerk: undefined, resumed: undefined, choice: Promise.resolve() }

  const enter = (clerk: ClerkClient, person: Person) => {
    const { user } = clerk
    const people = user === null || user === undefined ? [person] : membershipsOf(user)
    const session = clerkSession(clerk, person, () => {
      const now = state()
      if (now.kind === "signedIn" && now.session === session) set({ ...now, hasEnded: true })
    })
    held.resumed = session.resumed
    set({ kind: "signedIn", by: "clerk", session, people, hasEnded: false })
  }

  const show = (clerk: ClerkClient) => {
    const { organization, user } = clerk
    if (user === null || user === undefined) return set({ kind: "signedOut", address: clerk.buildSignInUrl() })
    const people = membershipsOf(user)
    const active = people.find(({ organizationId }) => organizationId === organization?.id)
    if (active !== undefined) return enter(clerk, active)
    if (people.length > 0) return set({ kind: "choosingOrganization", people })
    set({ kind: "withoutOrganization", address: clerk.buildCreateOrganizationUrl() })
  }

  const start = async () => {
    if (publishableKey === null) return set({ kind: "unconfigured", setting: "CLERK_PUBLISHABLE_KEY" })
    set({ kind: "starting" })
    try {
      held.clerk = await load(publishableKey)
      show(held.clerk)
    } catch {
      set({ kind: "failed", message: t.clerkUnreachable() })
    }
  }

  const choose = async (person: Person) => {
    const { clerk } = held
    if (clerk === undefined) return
    const before = state()
    const people = "people" in before ? before.people : [person]
    const isNewest = choosing()
    // Clerk keeps the organization whose response arrives last.
    held.choice = held.choice.catch(() => {}).then(async () => {
      if (isNewest()) await clerk.setActive({ organization: person.organizationId })
    })
    try {
      await held.choice
      if (isNewest()) enter(clerk, person)
    } catch (error) {
      if (!isNewest()) return
      if (before.kind === "signedIn") throw error
      set({ kind: "choosingOrganization", people, message: sentence(error) })
    }
  }

  const signOut = async () => {
    const { clerk } = held
    if (clerk === undefined) return
    choosing()
    await clerk.signOut(() => {})
    set({ kind: "signedOut", address: clerk.buildSignInUrl() })
  }

  const again = async () => {
    const { clerk, resumed } = held
    const before = state()
    if (clerk === undefined || resumed === undefined || before.kind !== "signedIn") return
    await clerk.client?.reload()
    const session = clerk.client?.lastActiveSessionId
    if (typeof session === "string") {
      await clerk.setActive({ session, organization: before.session.person.organizationId })
    }
    if (await resumed()) return set({ ...before, hasEnded: false })
    openTab(clerk.buildSignInUrl())
    throw new Error(t.signInInNewTab())
  }

  return { state, subscribe, start, choose, signOut, again }
}
