import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { SignIn } from "../../src/http/authentication/SignIn.ts"
import { SigningKeys } from "../../src/http/authentication/SigningKeys.ts"
import { settingsFor } from "../support/ProbeServer.ts"
import { claims, makeKeyPair, sign } from "../support/Tokens.ts"

const key = makeKeyPair()

it.effect("a token is verified again after a minute, also when the wall clock was set back by an hour", () => {
  let verified = 0
  const signingKeys = Layer.succeed(SigningKeys, {
    pemFor: () =>
      Effect.sync(() => {
        verified += 1
        return key.publicPem
      })
  })
  return Effect.gen(function*() {
    const { callerOf } = yield* SignIn
    const token = sign(key, claims())
    yield* TestClock.setTime(Date.now())
    yield* callerOf(token)
    yield* TestClock.setTime(Date.now() - 3_600_000)
    yield* TestClock.adjust("59 seconds")
    assert.strictEqual((yield* callerOf(token)).userId, "user_1")
    assert.strictEqual(verified, 1)
    yield* TestClock.adjust("1 second")
    assert.strictEqual((yield* callerOf(token)).userId, "user_1")
    assert.strictEqual(verified, 2)
  }).pipe(Effect.provide(Layer.provide(SignIn.layer(settingsFor(key.publicPem)), signingKeys)))
})

it.effect("a token that was verified is refused when it has expired", () =>
  Effect.gen(function*() {
    const { callerOf } = yield* SignIn
    const now = Date.now()
    yield* TestClock.setTime(now)
    const token = sign(key, { ...claims(), exp: Math.floor(now / 1_000) + 10 })
    assert.strictEqual((yield* callerOf(token)).userId, "user_1")
    yield* TestClock.adjust("20 seconds")
    assert.deepInclude(yield* Effect.catch(callerOf(token), Effect.succeed), { code: "token_expired" })
  }).pipe(Effect.provide(Layer.provide(SignIn.layer(settingsFor(key.publicPem)), SigningKeys.layerPem(key.publicPem)))))
