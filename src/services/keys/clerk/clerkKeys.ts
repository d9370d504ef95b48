import { Effect } from "effect"
import { HttpClientRequest } from "effect/http"
import { type CreateKey, type KeyId, KeyNotFound } from "../../../domain/ApiKey.ts"
import type { Caller } from "../../../domain/Caller.ts"
import { Unavailable } from "../../../domain/Unavailable.ts"
import { type ClerkApi } from "./clerkApi.ts"
import { clerkCallers } from "./clerkCallers.ts"
import { ClerkKey, ClerkKeys, CreatedClerkKey, keyOf } from "./ClerkKey.ts"

const pageSize = 100
const maxPages = 10
const daySeconds = 86_400

const mayRevoke = ({ organizationId, role, userId }: Caller, { created_by, subject }: ClerkKey) =>
  subject === organizationId && (role === "admin" || created_by === userId)

export const clerkKeys = Effect.fnUntraced(function*(api: ClerkApi) {
  const callers = yield* clerkCallers(api)

  const create = Effect.fnUntraced(
    function*({ organizationId, userId }: Caller, { expiresInDays, name, scopes }: CreateKey) {
      const body = {
        name,
        subject: organizationId,
        created_by: userId,
        scopes: [...new Set(scopes)],
        seconds_until_expiration: expiresInDays === undefined ? null : expiresInDays * daySeconds
      }
      const request = HttpClientRequest.post("/api_keys").pipe(HttpClientRequest.bodyJsonUnsafe(body))
      const created = yield* api.send(request, CreatedClerkKey)
      const key = created === undefined ? undefined : keyOf(created)
      return created === undefined || key === undefined ? yield* new Unavailable() : { ...key, secret: created.secret }
    }
  )

  const list = Effect.fnUntraced(function*({ organizationId, role, userId }: Caller) {
    const found: Array<ClerkKey> = []
    for (let page = 0; page < maxPages; page++) {
      const query = { subject: organizationId, limit: pageSize, offset: page * pageSize }
      const request = HttpClientRequest.get("/api_keys").pipe(HttpClientRequest.setUrlParams(query))
      const { data } = (yield* api.send(request, ClerkKeys)) ?? { data: [] }
      found.push(...data)
      if (data.length < pageSize) break
    }
    return found
      .filter(({ created_by, subject }) => subject === organizationId && (role === "admin" || created_by === userId))
      .flatMap((key) => keyOf(key) ?? [])
  })

  const revoke = Effect.fnUntraced(function*(caller: Caller, id: KeyId) {
    const path = `/api_keys/${id}` as const
    const key = yield* api.send(HttpClientRequest.get(path), ClerkKey)
    if (key === undefined || key.revoked || !mayRevoke(caller, key)) return yield* new KeyNotFound()
    const request = HttpClientRequest.post(`${path}/revoke`).pipe(
      HttpClientRequest.bodyJsonUnsafe({ revocation_reason: null })
    )
    if ((yield* api.send(request, ClerkKey)) === undefined) return yield* new KeyNotFound()
    yield* callers.forget
  })

  return { create, list, revoke, callerOf: callers.callerOf }
})
