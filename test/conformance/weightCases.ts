import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { Goals } from "../../src/services/goals/Goals.ts"
import { elsewhere, people } from "./people.ts"
import { refusalOf } from "./refusalOf.ts"

const weights = { qualified: 10, offer: 60.25, "a stage of the CRM": 0 }

const none = Effect.gen(function*() {
  const goals = yield* Goals
  assert.deepStrictEqual(yield* goals.stageWeights(people().admin.organizationId), {})
})

const replaced = Effect.gen(function*() {
  const goals = yield* Goals
  const { admin } = people()
  assert.deepStrictEqual(yield* goals.setStageWeights(admin, weights), weights)
  assert.deepStrictEqual(yield* goals.stageWeights(admin.organizationId), weights)
  yield* goals.setStageWeights(admin, { viewing: 30 })
  assert.deepStrictEqual(yield* goals.stageWeights(admin.organizationId), { viewing: 30 })
  yield* goals.setStageWeights(admin, {})
  assert.deepStrictEqual(yield* goals.stageWeights(admin.organizationId), {})
})

const refused = Effect.gen(function*() {
  const goals = yield* Goals
  const { admin, demoted, owner } = people()
  yield* goals.setStageWeights(admin, weights)
  for (const member of [demoted, owner]) {
    assert.strictEqual(yield* refusalOf(goals.setStageWeights(member, {})), "AdminsOnly")
  }
  assert.deepStrictEqual(yield* goals.stageWeights(admin.organizationId), weights)
})

const apart = Effect.gen(function*() {
  const goals = yield* Goals
  const { admin } = people()
  yield* goals.setStageWeights(admin, weights)
  yield* goals.setStageWeights(elsewhere, { offer: 1 })
  assert.deepStrictEqual(yield* goals.stageWeights(admin.organizationId), weights)
  assert.deepStrictEqual(yield* goals.stageWeights(elsewhere.organizationId), { offer: 1 })
})

export const weightCases = [
  ["an organization without stage weights has none", none],
  ["stage weights replace the earlier ones, and an empty object removes all", replaced],
  ["a member cannot set stage weights", refused],
  ["each organization has its own stage weights", apart]
] as const
