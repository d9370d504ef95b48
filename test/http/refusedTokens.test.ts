import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { listenProbe, type Probe, settingsFor } from "../support/ProbeServer.ts"
import { claims, issuer, makeKeyPair, party, sign } from "../support/Tokens.ts"

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

const misfits: ReadonlyArray<readonly [name: string, other: Record<string, unknown>, received: string]> = [
  ["issuer", { iss: "https://clerk.other.example" }, "receivedIssuer=https://clerk.other.example"],
  ["authorized party", { azp: "https://app.other.example" }, "receivedParty=https://app.other.example"],
  ["authorized party, which is absent,", { azp: undefined }, "receivedParty=none"]
]

const send = ({ call }: Probe, token: string) =>
  Effect.promise(() => call("/crm-reports/caller", { headers: { authorization: `Bearer ${token}` } }))

it.live.each(misfits)(
  "in production, the log says once a minute that tokens with another %s are refused, with both values",
  ([, other, received]) =>
    Effect.gen(function*() {
      const opened = yield* probe({ NODE_ENV: "production" })
      const responses = yield* Effect.replicateEffect(send(opened, sign(key, { ...claims(), ...other })), 3)
      assert.deepStrictEqual(responses.map(({ status }) => status), [401, 401, 401])
      assert.lengthOf(opened.logged, 1)
      const [line = ""] = opened.logged
      assert.include(line, "level=WARN")
      for (const part of [`expectedIssuer=${issuer}`, `expectedParties=${party}`, received]) assert.include(line, part)
    })
)

it.live("a token that another key signed causes no warning about the settings", () =>
  Effect.gen(function*() {
    const opened = yield* probe({ NODE_ENV: "production" })
    yield* send(opened, sign(strangeKey, { ...claims(), iss: "https://clerk.other.example" }))
    assert.deepStrictEqual(opened.logged, [])
  }))
