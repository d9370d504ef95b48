import { Context, type Effect, Layer } from "effect"
import type { AdminsOnly } from "../../domain/AdminsOnly.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { StageWeights } from "../../domain/StageWeights.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { memoryGoals } from "./memory.ts"
import { sqlGoals } from "./sql.ts"

/** The goals that the admins of an organization set. */
export class Goals extends Context.Service<Goals, {
  /** Without weights, the result is empty. */
  stageWeights(organizationId: OrgId): Effect.Effect<StageWeights, Unreachable>
  /** Replaces all weights of the organization. */
  setStageWeights(caller: Caller, weights: StageWeights): Effect.Effect<StageWeights, AdminsOnly | Unreachable>
}>()("crm-reports/services/goals/Goals") {
  static readonly layerSql = Layer.effect(Goals, sqlGoals)

  static readonly layerMemory = Layer.effect(Goals, memoryGoals)
}
