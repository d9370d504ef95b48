import { assert, describe, it } from "@effect/vitest"
import { setImmediate } from "node:timers/promises"
import { clerkSignIn } from "../../src/page/session/clerkSignIn.ts"
import type { SignIn } from "../../src/page/session/SignIn.ts"
import { browserClerk } from "../support/browserClerk.ts"

const sessionIn = (signIn: SignIn) => {
  const state = signIn.state()
  if (state.kind !== "signedIn") throw new Error(`not signed in: ${state.kind}`)
  return state.session
}

/** Clerk's answer to the choice of the first organization is held back. */
const withSlowChoice = async () => {
  const first = Promise.withResolvers<void>()
  const { held, signIn } = browserClerk({
    organizations: [["org_a", "org:member"], ["org_b", "org:member"]],
    active: undefined,
    slow: new Map([["org_a", first.promise]])
  })
  await signIn.start()
  const state = signIn.state()
  const [a, b] = "people" in state ? state.people : []
  if (a === undefined || b === undefined) throw new Error("An organization is missing.")
  return { first, held, people: [a, b] as const, signIn }
}

describe("the page's sign-in with Clerk", () => {
  it("the session has the person, the organization and the role that Clerk returns", async () => {
    const { signIn } = browserClerk()
    await signIn.start()
    assert.deepStrictEqual(sessionIn(signIn).person, {
      organizationId: "org_demo",
      organizationName: "Name of org_demo",
      userId: "user_ana",
      name: "Ana Ferrer",
      role: "admin"
    })
  })

  it("each request asks Clerk for a token of the session's organization", async () => {
    const { held, signIn } = browserClerk()
    await signIn.start()
    const session = sessionIn(signIn)
    assert.strictEqual(await session.token(), "token 1")
    held.issued = 7
    held.active = "org_other"
    assert.strictEqual(await session.token(), "token 7")
    assert.deepStrictEqual(held.asked.map(({ organizationId }) => organizationId), ["org_demo", "org_demo"])
  })

  it("the session asks for a fresh token after the service refused a token", async () => {
    const { signIn } = browserClerk()
    await signIn.start()
    assert.strictEqual(await sessionIn(signIn).renewed(), "token 2")
    assert.strictEqual(await sessionIn(signIn).token(), "token 2")
  })

  it("a request of a person who signed out waits until the same person has signed in again", async () => {
    const { held, signIn } = browserClerk()
    await signIn.start()
    const session = sessionIn(signIn)
    held.isSignedIn = false
    const waiting = session.renewed()
    await Promise.resolve()
    const ended = signIn.state()
    assert.isTrue(ended.kind === "signedIn" && ended.hasEnded)
    held.isSignedIn = true
    await signIn.again()
    assert.strictEqual(await waiting, "token 2")
    const resumed = signIn.state()
    assert.isTrue(resumed.kind === "signedIn" && !resumed.hasEnded && resumed.session === session)
  })

  it("`again()` opens Clerk's sign-in in a new tab if the person is signed out at Clerk", async () => {
    const { held, signIn, tabs } = browserClerk()
    await signIn.start()
    held.isSignedIn = false
    void sessionIn(signIn).token()
    const problem = await signIn.again().catch((error: unknown) => error)
    assert.include(String(problem), "new tab")
    assert.deepStrictEqual(tabs, ["https://accounts.crm.example/sign-in"])
    const state = signIn.state()
    assert.isTrue(state.kind === "signedIn" && state.hasEnded)
  })

  it("a request waits for the next sign-in after Clerk has answered 401", async () => {
    const { held, signIn } = browserClerk()
    await signIn.start()
    held.failure = Object.assign(new Error("signed out"), { status: 401 })
    const waiting = sessionIn(signIn).token()
    held.failure = undefined
    await signIn.again()
    assert.strictEqual(await waiting, "token 2")
  })

  it("a network error while Clerk is asked for a token does not end the session", async () => {
    const { held, signIn } = browserClerk()
    await signIn.start()
    held.failure = new Error("network")
    const problem = await sessionIn(signIn).token().catch((error: unknown) => error)
    assert.include(String(problem), "cannot be reached")
    assert.isTrue(signIn.state().kind === "signedIn")
  })

  it("a person who is signed out gets the address of Clerk's sign-in", async () => {
    const { signIn } = browserClerk({ isSignedIn: false })
    await signIn.start()
    assert.deepStrictEqual(signIn.state(), { kind: "signedOut", address: "https://accounts.crm.example/sign-in" })
  })

  it("a person without an active organization can choose an organization", async () => {
    const { held, signIn } = browserClerk({
      active: undefined,
      organizations: [["org_a", "org:admin"], ["org_b", "org:member"]]
    })
    await signIn.start()
    const state = signIn.state()
    if (state.kind !== "choosingOrganization") throw new Error(state.kind)
    const second = state.people.find(({ organizationId }) => organizationId === "org_b")
    if (second === undefined) throw new Error("org_b is missing")
    await signIn.choose(second)
    assert.strictEqual(held.active, "org_b")
    assert.strictEqual(sessionIn(signIn).person.role, "member")
  })

  it("after a person has chosen another organization, requests have tokens of that organization", async () => {
    const { held, signIn } = browserClerk({ organizations: [["org_demo", "org:admin"], ["org_b", "org:member"]] })
    await signIn.start()
    const state = signIn.state()
    const second = "people" in state ? state.people[1] : undefined
    if (second === undefined) throw new Error("The second organization is missing.")
    await signIn.choose(second)
    assert.strictEqual(held.active, "org_b")
    assert.deepInclude(sessionIn(signIn).person, { organizationId: "org_b", role: "member" })
    await sessionIn(signIn).token()
    assert.deepStrictEqual(held.asked.map(({ organizationId }) => organizationId), ["org_b"])
  })

  it("the second of two organizations that are chosen quickly is active, whichever response arrives first", async () => {
    const { first, held, people: [a, b], signIn } = await withSlowChoice()
    const older = signIn.choose(a)
    await setImmediate()
    const newer = signIn.choose(b)
    await setImmediate()
    first.resolve()
    await Promise.all([older, newer])
    assert.strictEqual(held.active, "org_b")
    assert.strictEqual(sessionIn(signIn).person.organizationId, "org_b")
  })

  it("an organization that is chosen before the person signs out does not bring the page back", async () => {
    const { first, people: [a], signIn } = await withSlowChoice()
    const choice = signIn.choose(a)
    await signIn.signOut()
    first.resolve()
    await choice
    assert.strictEqual(signIn.state().kind, "signedOut")
  })

  it("signing out ends the session at Clerk", async () => {
    const { held, signIn } = browserClerk()
    await signIn.start()
    await signIn.signOut()
    assert.isFalse(held.isSignedIn)
    assert.deepStrictEqual(signIn.state(), { kind: "signedOut", address: "https://accounts.crm.example/sign-in" })
  })

  it("a request of a session that was signed out does not sign in again", async () => {
    const { signIn } = browserClerk()
    await signIn.start()
    const session = sessionIn(signIn)
    await signIn.signOut()
    void session.token()
    await Promise.resolve()
    assert.strictEqual(signIn.state().kind, "signedOut")
  })

  it("a person without any organization gets the address of Clerk's page that creates one", async () => {
    const { signIn } = browserClerk({ active: undefined, organizations: [] })
    await signIn.start()
    assert.deepStrictEqual(signIn.state(), {
      kind: "withoutOrganization",
      address: "https://accounts.crm.example/create-organization"
    })
  })

  it("the sign-in names the setting CLERK_PUBLISHABLE_KEY when the publishable key is missing", async () => {
    const signIn = clerkSignIn(null, () => {}, () => Promise.reject(new Error("loaded")))
    await signIn.start()
    assert.deepStrictEqual(signIn.state(), { kind: "unconfigured", setting: "CLERK_PUBLISHABLE_KEY" })
  })

  it("the sign-in is in the state `failed` when Clerk cannot be loaded", async () => {
    const signIn = clerkSignIn("pk_live_x", () => {}, () => Promise.reject(new Error("network")))
    await signIn.start()
    assert.strictEqual(signIn.state().kind, "failed")
  })
})
