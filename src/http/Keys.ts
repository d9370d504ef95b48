import { Effect } from "effect"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { Api } from "../api/Api.ts"
import { keyLocation } from "../api/location.ts"
import { CurrentCaller } from "../domain/Caller.ts"
import { ApiKeys } from "../services/keys/ApiKeys.ts"

const logged = (message: string, keyId: string) =>
  Effect.flatMap(
    CurrentCaller,
    ({ organizationId, userId }) => Effect.logInfo(message).pipe(Effect.annotateLogs({ organizationId, userId, keyId }))
  )

export const KeysHandlers = HttpApiBuilder.group(
  Api,
  "keys",
  Effect.fnUntraced(function*(handlers) {
    const keys = yield* ApiKeys
    return handlers.handleAll({
      create: Effect.fnUntraced(function*({ payload }) {
        const created = yield* keys.create(yield* CurrentCaller, payload)
        yield* logged("a key was created", created.id)
        return HttpApiSchema.withHeaders({ body: created, headers: { location: keyLocation(created.id) } })
      }),
      list: Effect.fnUntraced(function*() {
        return { results: yield* keys.list(yield* CurrentCaller) }
      }),
      revoke: Effect.fnUntraced(function*({ params }) {
        yield* keys.revoke(yield* CurrentCaller, params.keyId)
        yield* logged("a key was revoked", params.keyId)
      })
    })
  })
)
