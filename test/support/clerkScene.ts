import { Clock, Context, Effect, Layer, Redacted } from "effect"
import { Admission } from "../../src/services/admission/Admission.ts"
import { ApiKeys } from "../../src/services/keys/ApiKeys.ts"
import { clerkSecret, fakeClerk } from "./FakeClerk.ts"
import { caller } from "./TestApp.ts"

export const ana = caller("admin", "user_ana", "org_demo")

const keysAt = Effect.fnUntraced(function*(apiUrl: string) {
  const keys = ApiKeys.layerClerk({ apiUrl, secretKey: Redacted.make(clerkSecret) })
  const context = yield* Layer.build(Layer.provide(keys, Admission.layer))
  return Context.get(context, ApiKeys)
})

/** Makes two instances of the service that use the same Clerk. */
export const clerkScene = Effect.gen(function*() {
  const clock = yield* Clock.Clock
  const clerk = yield* fakeClerk(() => clock.currentTimeMillisUnsafe())
  clerk.setRole("org_demo", "user_ana", "admin")
  const [keys, others] = [yield* keysAt(clerk.apiUrl), yield* keysAt(clerk.apiUrl)]
  const { id, secret } = yield* keys.create(ana, { name: "script", scopes: ["reports:read"] })
  const outcomeAt = (instance: ApiKeys["Service"], key = secret) =>
    Effect.match(instance.callerOf(key), {
      onSuccess: (found) => found?.role ?? "refused",
      onFailure: ({ _tag }) => _tag
    })
  const verified = () => clerk.asked.filter((line) => line.endsWith("/verify")).length
  return { clerk, keys, others, id, secret, outcomeAt, verified }
})
