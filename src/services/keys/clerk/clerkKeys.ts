import { Clock, Effect } from "effect"
import { HttpClientRequest } from "effect/http"
import { type CreateKey, defaultKeyDays, type KeyId, KeyNotFound, maxListedKeys } from "../../../domain/ApiKey.ts"
import type { Caller } from "../../../domain/Caller.ts"
import type { OrgId } from "../../../domain/Ids.ts"
import { Unavailable } from "../../../domain/Unavailable.ts"
import { throttledWarning } from "../../../telemetry/throttledWarning.ts"
import { ownPlace } from "../../admission/FairQueue.ts"
import { type ClerkApi } from "./clerkApi.ts"
import { clerkCallers } from "./clerkCallers.ts"
import { ClerkKey, ClerkKeys, CreatedClerkKey, isValidAt, keyOf } from "./ClerkKey.ts"

const pageSize = 100
const daySeconds = 86_400

const mayManage = ({ organizationId, role, userId }: Caller, { created_by, subject }: ClerkKey) =>
  subject === organizationId && (role === "admin" || created_by === userId)

const logCut = throttledWarning("an organization has more keys than the list contains")

export const clerkKeys = Effect.fnUntraced(function*(api: ClerkApi) {
  const callers = yield* clerkCallers(api)

  const create = Effect.fnUntraced(
    function*({ organizationId, userId }: Caller, { expiresInDays = defaultKeyDays, name, scopes }: CreateKey) {
      const body = {
        name,
        subject: organizationId,
        created_by: userId,
        scopes: [...new Set(scopes)],
        seconds_until_expiration: expiresInDays * daySeconds
      }
      const request = HttpClientRequest.post("/api_keys").pipe(HttpClientRequest.bodyJsonUnsafe(body))
      const created = yield* api.send(ownPlace(organizationId), request, CreatedClerkKey)
      const key = created === undefined ? undefined : keyOf(created)
      return created === undefined || key === undefined ? yield* new Unavailable() : { ...key, secret: created.secret }
    }
  )

  const pages = Effect.fnUntraced(function*(organizationId: OrgId) {
    const found: Array<ClerkKey> = []
    for (let offset = 0; offset < maxListedKeys; offset += pageSize) {
      const query = { subject: organizationId, limit: pageSize, offset }
      const request = HttpClientRequest.get("/api_keys").pipe(HttpClientRequest.setUrlParams(query))
      const { data } = (yield* api.send(ownPlace(organizationId), request, ClerkKeys)) ?? { data: [] }
      found.push(...data)
      if (data.length < pageSize) return found
    }
    yield* logCut({ organizationId, keys: found.length })
    return found
  })

  const list = Effect.fnUntraced(function*(caller: Caller) {
    const isValid = isValidAt(yield* Clock.currentTimeMillis)
    const found = yield* pages(caller.organizationId)
    return [...new Map(found.map((key) => [key.id, key])).values()]
      .filter((key) => isValid(key) && mayManage(caller, key))
      .toSorted((a, b) => b.created_at - a.created_at)
      .flatMap((key) => keyOf(key) ?? [])
  })

  const revoke = Effect.fnUntraced(function*(caller: Caller, id: KeyId) {
    const path = `/api_keys/${id}` as const
    const place = ownPlace(caller.organizationId)
    const key = yield* api.send(place, HttpClientRequest.get(path), ClerkKey)
    if (key === undefined || key.revoked || !mayManage(caller, key)) return yield* new KeyNotFound()
    const request = HttpClientRequest.post(`${path}/revoke`).pipe(
      HttpClientRequest.bodyJsonUnsafe({ revocation_reason: null })
    )
    if ((yield* api.send(place, request, ClerkKey)) === undefined) return yield* new KeyNotFound()
    yield* callers.forget(id)
  })

  const { addressOf, callerOf, roleOf } = callers
  return { areAtClerk: true as const, create, list, revoke, callerOf, roleOf, addressOf }
})
