import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { Api } from "../api/Api.ts"
import { CurrentCaller } from "../domain/Caller.ts"
import { Goals } from "../services/goals/Goals.ts"

export const GoalsHandlers = HttpApiBuilder.group(
  Api,
  "goals",
  Effect.fnUntraced(function*(handlers) {
    const goals = yield* Goals
    return handlers.handleAll({
      stageWeights: Effect.fnUntraced(function*() {
        const { organizationId } = yield* CurrentCaller
        return yield* goals.stageWeights(organizationId)
      }),
      setStageWeights: Effect.fnUntraced(function*({ payload }) {
        return yield* goals.setStageWeights(yield* CurrentCaller, payload)
      })
    })
  })
)
