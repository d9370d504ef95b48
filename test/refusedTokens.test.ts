import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { listenProbe, settingsFor } from "./support/ProbeServer.ts"
import { claims, makeKeyPair, sign } from "./support/Tokens.ts"

const [key, strangeKey] = [makeKeyPair(), makeKeyPair()]

const probe = (env: Record<string, string>) =>
  Effect.acquireRelease(
    Effect.promise(() => listenProbe(settingsFor(key.publicPem), env)),
    ({ close }) => Effect.promise(close)
  )

const tokens: ReadonlyArray<readonly [name: string, token: () => string, reason: string]> = [
  ["a text that is no token", () => "abc", "it is not a session token"],
  ["a token of another issuer", () => sign(key, { ...claims(), iss: "https://other" }), "it has another issuer"],
  ["an expired token", () => sign(key, { ...claims(), exp: 1 }), "it has expired"],
  ["a token with a wrong signature", () => sign(strangeKey, claims()), "its signature, time or authorized party"],
  ["a pending session", () => sign(key, { ...claims(), sts: "pending" }), "its claims name no active session"]
]

it.live.each(tokens)("in development, the log says why %s is refused", ([, token, reason]) =>
  Effect.gen(function*() {
    const { call, logged } = yield* probe({})
    yield* Effect.promise(() => call("/crm-reports/caller", { headers: { authorization: `Bearer ${token()}` } }))
    assert.lengthOf(logged.filter((line) => line.includes("a session token was refused") && line.includes(reason)), 1)
  }))

it.live("in production, the log at the default level has no line about refused tokens", () =>
  Effect.gen(function*() {
    const { call, logged } = yield* probe({ NODE_ENV: "production" })
    yield* Effect.promise(() => call("/crm-reports/caller", { headers: { authorization: "Bearer abc" } }))
    assert.deepStrictEqual(logged, [])
  }))
