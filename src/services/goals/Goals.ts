import { Context, type Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import type { AdminsOnly } from "../../domain/AdminsOnly.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { OrgId, TargetId } from "../../domain/Ids.ts"
import type { Listed } from "../../domain/Page.ts"
import type { StageWeights } from "../../domain/StageWeights.ts"
import type {
  NewTarget,
  Target,
  TargetExists,
  TargetNotFound,
  TargetPage,
  TargetsAsked,
  UpdateTarget
} from "../../domain/Target.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { memoryGoals } from "./memory.ts"
import { sqlGoals } from "./sql.ts"

/** The goals that the admins of an organization set. */
export class Goals extends Context.Service<Goals, {
  /** Without weights, the result is empty. */
  stageWeights(organizationId: OrgId): Effect.Effect<StageWeights, Unreachable>
  /** Replaces all weights of the organization. */
  setStageWeights(caller: Caller, weights: StageWeights): Effect.Effect<StageWeights, AdminsOnly | Unreachable>
  /** Members get only their own targets. */
  listTargets(caller: Caller, page: TargetPage): Effect.Effect<Listed<Target>, Unreachable>
  findTarget(caller: Caller, id: TargetId): Effect.Effect<Target, TargetNotFound | Unreachable>
  createTarget(caller: Caller, target: NewTarget): Effect.Effect<Target, AdminsOnly | TargetExists | Unreachable>
  updateTarget(
    caller: Caller,
    id: TargetId,
    change: UpdateTarget
  ): Effect.Effect<Target, AdminsOnly | TargetNotFound | Unreachable>
  removeTarget(caller: Caller, id: TargetId): Effect.Effect<void, AdminsOnly | TargetNotFound | Unreachable>
  /** Returns the targets for a run. In a freeze, they are of the same moment as the rows. */
  targetsOf(organizationId: OrgId, asked: TargetsAsked): Effect.Effect<ReadonlyArray<Target>, Unreachable>
  /** The digest changes with each target and each weight. */
  digest(organizationId: OrgId): Effect.Effect<string, Unreachable>
}>()("crm-reports/services/goals/Goals") {
  static readonly layerSql = Layer.effect(Goals, sqlGoals).pipe(Layer.provide(SecureRandom.layerWebCrypto))

  static readonly layerMemory = Layer.effect(Goals, memoryGoals).pipe(Layer.provide(SecureRandom.layerWebCrypto))
}
