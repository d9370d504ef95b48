import { afterAll, assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Scope } from "effect"
import { publishableKeyOf } from "../support/publishableKeyOf.ts"
import { clerkSettings, makeKeyPair } from "../support/Tokens.ts"
import { pageService } from "./support/PageService.ts"

const scope = Effect.runSync(Scope.make())

afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

const startedWithClerk = (more: Record<string, string>) => {
  const env = {
    NODE_ENV: "production",
    DEVELOPMENT_SIGN_IN: "false",
    ...clerkSettings(makeKeyPair().publicPem),
    ...more
  }
  return Effect.runPromise(Effect.provideService(pageService(env), Scope.Scope, scope))
}

const descriptionAt = async (address: string): Promise<unknown> => (await fetch(`${address}/app/sign-in`)).json()

const policyAt = async (address: string) =>
  (await fetch(`${address}/app/`)).headers.get("content-security-policy") ?? ""

describe("the page of a service that uses Clerk", () => {
  it("without CLERK_PUBLISHABLE_KEY, GET /app/sign-in returns null for the publishable key", async () => {
    const address = await startedWithClerk({})
    const { status } = await fetch(`${address}/app/sign-in`, { method: "POST", body: "{}" })
    assert.strictEqual(status, 404)
    assert.deepStrictEqual(await descriptionAt(address), { kind: "clerk", publishableKey: null })
    assert.include(await policyAt(address), "connect-src 'self';")
  })

  it("the page may connect only to the service and to the host in CLERK_PUBLISHABLE_KEY", async () => {
    const publishableKey = publishableKeyOf("clerk.crm.example")
    const address = await startedWithClerk({ CLERK_PUBLISHABLE_KEY: publishableKey })
    assert.deepStrictEqual(await descriptionAt(address), { kind: "clerk", publishableKey })
    const policy = await policyAt(address)
    assert.include(policy, "; connect-src 'self' https://clerk.crm.example; worker-src blob:;")
    assert.strictEqual(policy.match(/https:/g)?.length, 1)
    assert.notInclude(policy, "unsafe")
  })
})
