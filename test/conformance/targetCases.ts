import { assert } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import { TargetId, UserId } from "../../src/domain/Ids.ts"
import type { NewTarget } from "../../src/domain/Target.ts"
import { Goals } from "../../src/services/goals/Goals.ts"
import { elsewhere, people } from "./people.ts"
import { refusalOf } from "./refusalOf.ts"

const page = { limit: 20, offset: 0 }

const target = (owner: string, more: Partial<NewTarget> = {}): NewTarget => ({
  metricId: "deals.won_value_over_time",
  filters: {},
  for: owner,
  period: "month",
  values: { "2026-10": 50_000 },
  currency: "EUR",
  ...more
})

const scene = Effect.gen(function*() {
  const goals = yield* Goals
  const { admin, colleague, demoted, owner } = people()
  const own = yield* goals.createTarget(admin, target(owner.userId))
  const other = yield* goals.createTarget(admin, target(colleague.userId))
  const whole = yield* goals.createTarget(admin, target("organization"))
  const foreign = yield* goals.createTarget(
    elsewhere,
    target(owner.userId, { filters: { tag: [crypto.randomUUID()] } })
  )
  return { goals, admin, colleague, demoted, owner, own, other, whole, foreign }
})

const idsOf = (found: ReadonlyArray<{ readonly id: string }>) => found.map(({ id }) => id).sort()

const created = Effect.gen(function*() {
  const { admin, goals, own, owner } = yield* scene
  const { createdAt, id, updatedAt, ...rest } = own
  assert.deepStrictEqual(rest, target(owner.userId))
  assert.deepStrictEqual(createdAt, updatedAt)
  assert.deepStrictEqual(yield* goals.findTarget(admin, id), own)
})

const listed = Effect.gen(function*() {
  const { admin, colleague, demoted, goals, other, own, owner, whole } = yield* scene
  const idsFor = (who: Caller, more = {}) =>
    Effect.map(goals.listTargets(who, { ...page, ...more }), ({ results, total }) => {
      assert.strictEqual(total, results.length)
      return idsOf(results)
    })
  assert.deepStrictEqual(yield* idsFor(admin), idsOf([own, other, whole]))
  assert.deepStrictEqual(yield* idsFor(admin, { for: colleague.userId }), [other.id])
  assert.deepStrictEqual(yield* idsFor(admin, { metricId: "leads.total" }), [])
  assert.deepStrictEqual(yield* idsFor(owner), [own.id])
  assert.deepStrictEqual(yield* idsFor(owner, { for: colleague.userId }), [])
  assert.deepStrictEqual(yield* idsFor(owner, { for: "organization" }), [])
  assert.deepStrictEqual(yield* idsFor(demoted), [])
  const { results, total } = yield* goals.listTargets(admin, { limit: 2, offset: 2 })
  assert.deepStrictEqual([results.length, total], [1, 3])
})

const found = Effect.gen(function*() {
  const { admin, foreign, goals, other, own, owner, whole } = yield* scene
  assert.deepStrictEqual(yield* goals.findTarget(owner, own.id), own)
  for (const id of [other.id, whole.id, foreign.id, TargetId.make(crypto.randomUUID())]) {
    assert.strictEqual(yield* refusalOf(goals.findTarget(owner, id)), "TargetNotFound")
  }
  assert.strictEqual(yield* refusalOf(goals.findTarget(admin, foreign.id)), "TargetNotFound")
})

const namedOrganization = Effect.gen(function*() {
  const { goals, owner, whole } = yield* scene
  const impostor: Caller = { ...owner, userId: UserId.make("organization") }
  assert.strictEqual(yield* refusalOf(goals.findTarget(impostor, whole.id)), "TargetNotFound")
  assert.deepStrictEqual((yield* goals.listTargets(impostor, page)).results, [])
  const asked = { metricIds: [whole.metricId], people: ["organization"], isForOrganization: false }
  assert.deepStrictEqual(yield* goals.targetsOf(owner.organizationId, asked), [])
})

const unique = Effect.gen(function*() {
  const { admin, goals, owner } = yield* scene
  const add = (more: Partial<NewTarget>) => refusalOf(goals.createTarget(admin, target(owner.userId, more)))
  assert.strictEqual(yield* add({ values: { "2026-11": 1 } }), "TargetExists")
  assert.strictEqual(yield* add({ period: "year", values: { "2026": 1 } }), "done")
  assert.strictEqual(yield* add({ metricId: "deals.avg_value" }), "done")
  const filters = { tag: ["a", "b"], source: ["web"] }
  assert.strictEqual(yield* add({ filters }), "done")
  assert.strictEqual(yield* add({ filters: { source: ["web"], tag: ["a", "b"] } }), "TargetExists")
})

const changed = Effect.gen(function*() {
  const { admin, goals, own } = yield* scene
  const values = { "2026-11": 60_000.5, "2026-12": 0 }
  const first = yield* goals.updateTarget(admin, own.id, { values })
  assert.deepStrictEqual(first.values, { ...own.values, ...values })
  assert.isTrue(DateTime.isGreaterThan(first.updatedAt, own.updatedAt))
  const second = yield* goals.updateTarget(admin, own.id, { values: { "2026-10": null }, currency: "CHF" })
  assert.deepStrictEqual([second.values, second.currency], [values, "CHF"])
  assert.deepStrictEqual(yield* goals.findTarget(admin, own.id), second)
})

const unchanged = Effect.gen(function*() {
  const { admin, demoted, goals, own } = yield* scene
  const digest = yield* goals.digest(admin.organizationId)
  assert.deepStrictEqual(yield* goals.updateTarget(admin, own.id, {}), own)
  assert.strictEqual(yield* goals.digest(admin.organizationId), digest)
  assert.strictEqual(yield* refusalOf(goals.updateTarget(demoted, own.id, {})), "AdminsOnly")
})

const changedAtOnce = Effect.gen(function*() {
  const { admin, goals, own } = yield* scene
  const keys = ["2027-01", "2027-02", "2027-03", "2027-04"]
  yield* Effect.forEach(keys, (key) => goals.updateTarget(admin, own.id, { values: { [key]: 1 } }), {
    concurrency: "unbounded"
  })
  assert.sameMembers(Object.keys((yield* goals.findTarget(admin, own.id)).values), ["2026-10", ...keys])
})

const refused = Effect.gen(function*() {
  const { demoted, foreign, goals, other, own, owner } = yield* scene
  for (const member of [owner, demoted]) {
    for (const id of [own.id, other.id, foreign.id]) {
      assert.strictEqual(yield* refusalOf(goals.updateTarget(member, id, { values: { "2026-10": 1 } })), "AdminsOnly")
      assert.strictEqual(yield* refusalOf(goals.removeTarget(member, id)), "AdminsOnly")
    }
    assert.strictEqual(yield* refusalOf(goals.createTarget(member, target(member.userId))), "AdminsOnly")
  }
  assert.deepStrictEqual(yield* goals.findTarget(owner, own.id), own)
})

const apart = Effect.gen(function*() {
  const { admin, foreign, goals } = yield* scene
  const { id } = foreign
  assert.strictEqual(yield* refusalOf(goals.updateTarget(admin, id, { values: { "2026-10": 1 } })), "TargetNotFound")
  assert.strictEqual(yield* refusalOf(goals.removeTarget(admin, id)), "TargetNotFound")
  assert.deepStrictEqual(yield* goals.findTarget(elsewhere, id), foreign)
})

const removed = Effect.gen(function*() {
  const { admin, goals, own } = yield* scene
  yield* goals.removeTarget(admin, own.id)
  assert.strictEqual(yield* refusalOf(goals.removeTarget(admin, own.id)), "TargetNotFound")
  assert.strictEqual(yield* refusalOf(goals.updateTarget(admin, own.id, {})), "TargetNotFound")
})

const asked = Effect.gen(function*() {
  const { admin, colleague, goals, other, own, owner, whole } = yield* scene
  const { organizationId } = admin
  const metricIds = [own.metricId]
  const idsFor = (people: ReadonlyArray<string>, isForOrganization: boolean, ids = metricIds) =>
    Effect.map(goals.targetsOf(organizationId, { metricIds: ids, people, isForOrganization }), idsOf)
  assert.deepStrictEqual(yield* idsFor([owner.userId], false), [own.id])
  assert.deepStrictEqual(yield* idsFor([owner.userId, colleague.userId], true), idsOf([own, other, whole]))
  assert.deepStrictEqual(yield* idsFor([owner.userId], true, ["leads.total"]), [])
  assert.deepStrictEqual(yield* idsFor([], false), [])
})

const digested = Effect.gen(function*() {
  const { admin, goals, own } = yield* scene
  const digest = goals.digest(admin.organizationId)
  const seen = [yield* digest]
  assert.deepStrictEqual(yield* digest, seen[0])
  yield* goals.updateTarget(admin, own.id, { values: { "2026-10": 1 } })
  seen.push(yield* digest)
  yield* goals.setStageWeights(admin, { offer: 1 })
  seen.push(yield* digest)
  yield* goals.removeTarget(admin, own.id)
  seen.push(yield* digest)
  yield* goals.createTarget(elsewhere, target("organization", { filters: { tag: [crypto.randomUUID()] } }))
  assert.strictEqual(yield* digest, seen.at(-1))
  assert.lengthOf(new Set(seen), 4)
})

export const targetCases = [
  ["a created target is stored as it was sent", created],
  ["an admin lists all targets of the organization, and a member only own ones", listed],
  ["a member finds no target of another person, of the organization, or of another organization", found],
  ["a person with the id `organization` does not get the target of the organization", namedOrganization],
  ["a second target with the same metric, filters, owner and period is refused", unique],
  ["a change sets the given values, removes those of null, and keeps the others", changed],
  ["a change without fields changes nothing, so no stream counts again", unchanged],
  ["concurrent changes of different months are all kept", changedAtOnce],
  ["a member can neither create, change nor remove a target", refused],
  ["an admin of another organization finds no target to change or remove", apart],
  ["a removed target does not exist", removed],
  ["a run gets the targets of its people, and of the organization only if it asks for everyone", asked],
  ["the digest changes with each target and each weight of the organization, and with no other", digested]
] as const
