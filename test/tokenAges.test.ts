import { assert, it } from "@effect/vitest"
import { Effect, Layer, Option } from "effect"
import { TestClock } from "effect/testing"
import { SignIn } from "../src/http/authentication/SignIn.ts"
import { SigningKeys } from "../src/http/authentication/SigningKeys.ts"
import { settingsFor } from "./support/ProbeServer.ts"
import { claims, makeKeyPair, sign } from "./support/Tokens.ts"

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
    const { callerOf, knownCaller } = yield* SignIn
    const token = sign(key, claims())
    const isKnown = Effect.map(knownCaller(token), Option.isSome)
    yield* TestClock.setTime(Date.now())
    yield* callerOf(token)
    yield* TestClock.setTime(Date.now() - 3_600_000)
    yield* TestClock.adjust("59 seconds")
    assert.strictEqual((yield* callerOf(token)).userId, "user_1")
    assert.deepStrictEqual([verified, yield* isKnown], [1, true])
    yield* TestClock.adjust("1 second")
    assert.isFalse(yield* isKnown)
    assert.strictEqual((yield* callerOf(token)).userId, "user_1")
    assert.deepStrictEqual([verified, yield* isKnown], [2, true])
  }).pipe(Effect.provide(Layer.provide(SignIn.layer(settingsFor(key.publicPem)), signingKeys)))
})
