import { Effect } from "effect"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { Api } from "../api/Api.ts"
import { targetLocation } from "../api/headers.ts"
import { refuseMembers } from "../domain/AdminsOnly.ts"
import { CurrentCaller } from "../domain/Caller.ts"
import { pageOf } from "../domain/Page.ts"
import { TargetValidation } from "../services/access/TargetValidation.ts"
import { Admission } from "../services/admission/Admission.ts"
import { Goals } from "../services/goals/Goals.ts"

export const GoalsHandlers = HttpApiBuilder.group(
  Api,
  "goals",
  Effect.fnUntraced(function*(handlers) {
    const goals = yield* Goals
    const validation = yield* TargetValidation
    const admission = yield* Admission
    return handlers.handleAll({
      stageWeights: Effect.fnUntraced(function*() {
        const { organizationId } = yield* CurrentCaller
        return yield* goals.stageWeights(organizationId)
      }),
      setStageWeights: Effect.fnUntraced(function*({ payload }) {
        return yield* goals.setStageWeights(yield* CurrentCaller, payload)
      }),
      targets: Effect.fnUntraced(function*({ query }) {
        const caller = yield* CurrentCaller
        return yield* admission.withPlace("reads", caller.organizationId)(
          goals.listTargets(caller, { ...query, ...pageOf(query) })
        )
      }),
      createTarget: Effect.fnUntraced(function*({ payload }) {
        const caller = yield* CurrentCaller
        yield* refuseMembers(caller)
        const target = yield* goals.createTarget(caller, yield* validation.created(caller, payload))
        return HttpApiSchema.withHeaders({ body: target, headers: { location: targetLocation(target.id) } })
      }),
      updateTarget: Effect.fnUntraced(function*({ params, payload }) {
        const caller = yield* CurrentCaller
        yield* refuseMembers(caller)
        yield* validation.checkUpdate(yield* goals.findTarget(caller, params.targetId), payload)
        return yield* goals.updateTarget(caller, params.targetId, payload)
      }),
      removeTarget: Effect.fnUntraced(function*({ params }) {
        yield* goals.removeTarget(yield* CurrentCaller, params.targetId)
      })
    })
  })
)
