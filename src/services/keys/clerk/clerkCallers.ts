import { Cache, Clock, Context, Effect, Exit, Redacted, Schema } from "effect"
import { HttpClientRequest } from "effect/http"
import type { Caller, Role } from "../../../domain/Caller.ts"
import { OrgId, UserId } from "../../../domain/Ids.ts"
import { sha256 } from "../../../domain/sha256.ts"
import { Unavailable } from "../../../domain/Unavailable.ts"
import type { ClerkApi } from "./clerkApi.ts"
import { ClerkKey, isValidAt, keyOf, Memberships, scopesOf } from "./ClerkKey.ts"

const form = /^ak_[\w.-]{1,512}$/

const maxCached = 10_000
/** A revoked key stops working within this time. */
const keyMillis = 30_000
const refusalMillis = 5_000
/** A demoted or removed person loses rights within this time. */
const roleMillis = 5_000
const answerLimit = "3 seconds"

/** The key of the current request. The caches store only its digest. */
class Presented extends Context.Service<Presented, Redacted.Redacted>()("crm-reports/services/keys/clerk/Presented") {}

const Person = Schema.fromJsonString(Schema.Tuple([OrgId, UserId]))
const encodePerson = Schema.encodeSync(Person)
const decodePerson = Schema.decodeSync(Person)

export const clerkCallers = Effect.fnUntraced(function*(api: ClerkApi) {
  const verify = Effect.fnUntraced(function*(_digest: string) {
    const secret = Redacted.value(yield* Presented)
    const request = HttpClientRequest.post("/api_keys/verify").pipe(HttpClientRequest.bodyJsonUnsafe({ secret }))
    const found = yield* api.send(request, ClerkKey)
    const now = yield* Clock.currentTimeMillis
    const key = found === undefined || !isValidAt(now)(found) ? undefined : keyOf(found)
    if (found === undefined || key === undefined) return { identity: undefined, cacheMillis: refusalMillis }
    return {
      identity: { organizationId: found.subject, userId: key.createdBy, scopes: scopesOf(found) },
      cacheMillis: Math.min(keyMillis, (found.expiration ?? Infinity) - now)
    }
  })

  const roleOf = Effect.fnUntraced(function*(person: string): Effect.fn.Return<Role | undefined, Unavailable> {
    const [organizationId, userId] = decodePerson(person)
    const request = HttpClientRequest.get(`/v1/organizations/${encodeURIComponent(organizationId)}/memberships`).pipe(
      HttpClientRequest.setUrlParams({ user_id: userId, limit: 10 })
    )
    const { data } = (yield* api.send(request, Memberships)) ?? { data: [] }
    const membership = data.find(({ organization, public_user_data }) =>
      organization.id === organizationId && public_user_data.user_id === userId
    )
    if (membership === undefined) return undefined
    return membership.role === "org:admin" ? "admin" : "member"
  })

  const identities = yield* Cache.makeWith(verify, {
    capacity: maxCached,
    timeToLive: (exit) => Exit.isSuccess(exit) ? exit.value.cacheMillis : 0,
    requireServicesAt: "lookup"
  })
  const roles = yield* Cache.makeWith(roleOf, {
    capacity: maxCached,
    timeToLive: (exit) => Exit.isSuccess(exit) ? roleMillis : 0
  })

  const callerOf = Effect.fnUntraced(
    function*(secret: string): Effect.fn.Return<Caller | undefined, Unavailable> {
      if (!form.test(secret)) return undefined
      const { identity } = yield* Cache.get(identities, sha256(secret, "hex")).pipe(
        Effect.provideService(Presented, Redacted.make(secret))
      )
      if (identity === undefined) return undefined
      const role = yield* Cache.get(roles, encodePerson([identity.organizationId, identity.userId]))
      return role === undefined ? undefined : { ...identity, role }
    },
    Effect.timeoutOrElse({ duration: answerLimit, orElse: () => Effect.fail(new Unavailable()) })
  )

  return { callerOf, forget: Cache.invalidateAll(identities) }
})
