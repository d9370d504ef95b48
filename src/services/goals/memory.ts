import { Effect, Ref } from "effect"
import { AdminsOnly } from "../../domain/AdminsOnly.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { StageWeights } from "../../domain/StageWeights.ts"

export const memoryGoals = Effect.gen(function*() {
  const store = yield* Ref.make<ReadonlyMap<OrgId, StageWeights>>(new Map())

  const stageWeights = (organizationId: OrgId) =>
    Effect.map(Ref.get(store), (weights) => weights.get(organizationId) ?? {})

  const setStageWeights = Effect.fnUntraced(function*({ organizationId, role }: Caller, weights: StageWeights) {
    if (role !== "admin") return yield* new AdminsOnly()
    yield* Ref.update(store, (all) => new Map(all).set(organizationId, weights))
    return weights
  })
  return { stageWeights, setStageWeights }
})
