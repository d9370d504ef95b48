import { assert } from "@effect/vitest"
import { Context, DateTime, Effect } from "effect"
import { KeyId, maxListedKeys } from "../../src/domain/ApiKey.ts"
import type { Caller, Role } from "../../src/domain/Caller.ts"
import { ApiKeys } from "../../src/services/keys/ApiKeys.ts"
import { aDay, Passing } from "./Passing.ts"
import { elsewhere, people } from "./people.ts"

/** Sets the role of a person. If `role` is undefined, the person leaves the organization. */
export class SetRole extends Context.Service<SetRole, {
  of(caller: Caller, role: Role | undefined): Effect.Effect<void>
}>()("crm-reports/test/conformance/SetRole") {}

const reading = { name: "nightly export", scopes: ["reports:read"] } as const

const scene = Effect.gen(function*() {
  const keys = yield* ApiKeys
  const roles = yield* SetRole
  const { admin, colleague, owner } = people()
  for (const person of [admin, colleague, owner, elsewhere]) yield* roles.of(person, person.role)
  return { keys, roles, admin, colleague, owner }
})

const idsOf = (found: ReadonlyArray<{ readonly id: string }>) => found.map(({ id }) => id).sort()

const notFound = (effect: Effect.Effect<void, { readonly _tag: string }>) =>
  Effect.match(effect, { onSuccess: () => "revoked", onFailure: ({ _tag }) => _tag }).pipe(
    Effect.map((outcome) => assert.strictEqual(outcome, "KeyNotFound"))
  )

const used = Effect.gen(function*() {
  const { admin, keys, owner } = yield* scene
  for (const person of [admin, owner]) {
    const { secret } = yield* keys.create(person, { name: "both", scopes: ["reports:read", "snapshots:write"] })
    assert.match(secret, /^ak_/)
    assert.deepStrictEqual(yield* keys.callerOf(secret), { ...person, scopes: ["reports:read", "snapshots:write"] })
  }
})

const shownOnce = Effect.gen(function*() {
  const { keys, owner } = yield* scene
  const { secret, ...key } = yield* keys.create(owner, reading)
  const listed = yield* keys.list(owner)
  assert.deepStrictEqual(listed, [key])
  assert.notInclude(JSON.stringify(listed), secret)
  assert.deepInclude(key, { ...reading, createdBy: owner.userId })
})

const listed = Effect.gen(function*() {
  const { admin, colleague, keys, owner } = yield* scene
  const own = yield* keys.create(owner, reading)
  const other = yield* keys.create(colleague, reading)
  yield* keys.create(elsewhere, reading)
  assert.deepStrictEqual(idsOf(yield* keys.list(owner)), [own.id])
  assert.deepStrictEqual(idsOf(yield* keys.list(admin)), idsOf([own, other]))
})

const manyListed = Effect.gen(function*() {
  const { keys, owner } = yield* scene
  for (let index = 0; index <= maxListedKeys; index++) yield* keys.create(owner, reading)
  assert.lengthOf(yield* keys.list(owner), maxListedKeys)
})

const revoked = Effect.gen(function*() {
  const { keys, owner } = yield* scene
  const { id, secret } = yield* keys.create(owner, reading)
  assert.isDefined(yield* keys.callerOf(secret))
  yield* keys.revoke(owner, id)
  assert.isUndefined(yield* keys.callerOf(secret))
  assert.deepStrictEqual(yield* keys.list(owner), [])
  yield* notFound(keys.revoke(owner, id))
})

const revokedByOthers = Effect.gen(function*() {
  const { admin, colleague, keys, owner } = yield* scene
  const { id, secret } = yield* keys.create(owner, reading)
  yield* notFound(keys.revoke(colleague, id))
  yield* notFound(keys.revoke(elsewhere, id))
  yield* notFound(keys.revoke(owner, KeyId.make("nothing")))
  assert.isDefined(yield* keys.callerOf(secret))
  yield* keys.revoke(admin, id)
  assert.isUndefined(yield* keys.callerOf(secret))
})

const expired = Effect.gen(function*() {
  const { keys, owner } = yield* scene
  const passing = yield* Passing
  const { expiresAt, secret } = yield* keys.create(owner, { ...reading, expiresInDays: 1 })
  assert.isNotNull(expiresAt)
  yield* passing.seconds(aDay - 600)
  assert.isDefined(yield* keys.callerOf(secret))
  yield* passing.seconds(601)
  assert.isUndefined(yield* keys.callerOf(secret))
  assert.deepStrictEqual(yield* keys.list(owner), [])
})

const expiresByDefault = Effect.gen(function*() {
  const { keys, owner } = yield* scene
  const { createdAt, expiresAt } = yield* keys.create(owner, reading)
  assert.deepStrictEqual(expiresAt, DateTime.add(createdAt, { days: 90 }))
})

const demoted = Effect.gen(function*() {
  const { admin, keys, roles } = yield* scene
  const passing = yield* Passing
  const { secret } = yield* keys.create(admin, reading)
  const roleNow = Effect.map(keys.callerOf(secret), (caller) => caller?.role)
  assert.strictEqual(yield* roleNow, "admin")
  yield* roles.of(admin, "member")
  yield* passing.seconds(5)
  assert.strictEqual(yield* roleNow, "member")
  yield* roles.of(admin, undefined)
  yield* passing.seconds(5)
  assert.isUndefined(yield* roleNow)
})

const unknown = Effect.gen(function*() {
  const { keys, owner } = yield* scene
  const { secret } = yield* keys.create(owner, reading)
  const other = yield* keys.create(elsewhere, reading)
  const [prefix = "", id = ""] = secret.split(".")
  const [otherPrefix = ""] = other.secret.split(".")
  const wrong = [
    "ak_",
    "ak_x",
    secret.slice(0, -1),
    `${secret}x`,
    secret.toUpperCase(),
    secret.replace(prefix, otherPrefix),
    `${prefix}.${id}.${other.secret.split(".")[2] ?? ""}`,
    `ak_${Buffer.from("a\u0000").toString("base64url")}.${crypto.randomUUID()}.${"x".repeat(43)}`,
    `ak_${"x".repeat(9_000)}`
  ].filter((text) => text !== secret && text !== other.secret)
  for (const text of wrong) assert.isUndefined(yield* keys.callerOf(text), text)
})

export const keyCases = [
  ["the caller of a request with a key is the person who made the key", used],
  ["the secret of a key is returned only at its creation", shownOnce],
  ["a member lists only own keys, and an admin lists all keys of the organization", listed],
  ["the list of keys has at most 1,000 keys", manyListed],
  ["a revoked key is refused", revoked],
  ["a key can be revoked only by the person who made it and by admins of the organization", revokedByOthers],
  ["an expired key is refused", expired],
  ["a key without expiresInDays expires after 90 days", expiresByDefault],
  ["a key has the current role of its person, and is refused after the person was removed", demoted],
  ["a changed, cut or invented key is refused", unknown]
] as const
