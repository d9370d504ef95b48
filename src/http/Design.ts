import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { Api } from "../api/Api.ts"
import { CurrentCaller } from "../domain/Caller.ts"
import { Designer } from "../services/design/Designer.ts"
import { acceptedLocale } from "./negotiation.ts"

export const DesignHandlers = HttpApiBuilder.group(
  Api,
  "design",
  Effect.fnUntraced(function*(handlers) {
    const designer = yield* Designer
    return handlers.handleAll({
      design: Effect.fnUntraced(function*({ payload }) {
        return yield* designer.design(yield* CurrentCaller, payload.prompt, yield* acceptedLocale)
      })
    })
  })
)
