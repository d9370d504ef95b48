import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { Api } from "../api/Api.ts"
import { Readiness } from "../services/database/Readiness.ts"

const up = { status: "ok" } as const

export const SystemHandlers = HttpApiBuilder.group(
  Api,
  "system",
  Effect.fnUntraced(function*(handlers) {
    const readiness = yield* Readiness
    return handlers.handleAll({
      health: () => Effect.succeed(up),
      ready: () => Effect.as(readiness.check, up)
    })
  })
)
