import { Effect } from "effect"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { Api } from "../api/Api.ts"
import { keyLocation } from "../api/headers.ts"
import { CurrentCaller } from "../domain/Caller.ts"
import { ApiKeys } from "../services/keys/ApiKeys.ts"
import { AuditLog } from "../services/reports/AuditLog/AuditLog.ts"
import { recordingAfter } from "../services/reports/AuditLog/recordingAfter.ts"

const logged = (message: string, keyId: string) =>
  Effect.flatMap(
    CurrentCaller,
    ({ organizationId, userId }) => Effect.logInfo(message).pipe(Effect.annotateLogs({ organizationId, userId, keyId }))
  )

const keyEvent = (action: "create" | "delete", keyId: string) =>
  ({ action, object: "key", objectId: keyId, reportId: null }) as const

export const KeysHandlers = HttpApiBuilder.group(
  Api,
  "keys",
  Effect.fnUntraced(function*(handlers) {
    const audit = yield* AuditLog
    const keys = yield* ApiKeys
    const recording = keys.areAtClerk === true ? recordingAfter(audit.record) : audit.recording
    return handlers.handleAll({
      create: Effect.fnUntraced(function*({ payload }) {
        const caller = yield* CurrentCaller
        const created = yield* recording(caller, keys.create(caller, payload), ({ id }) => keyEvent("create", id))
        yield* logged("a key was created", created.id)
        return HttpApiSchema.withHeaders({ body: created, headers: { location: keyLocation(created.id) } })
      }),
      list: Effect.fnUntraced(function*() {
        return { results: yield* keys.list(yield* CurrentCaller) }
      }),
      revoke: Effect.fnUntraced(function*({ params }) {
        const caller = yield* CurrentCaller
        yield* recording(caller, keys.revoke(caller, params.keyId), () => keyEvent("delete", params.keyId))
        yield* logged("a key was revoked", params.keyId)
      })
    })
  })
)
