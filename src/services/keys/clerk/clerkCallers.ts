import { Cache, Clock, Context, Effect, Redacted, Schema } from "effect"
import { HttpClientRequest } from "effect/http"
import type { KeyId } from "../../../domain/ApiKey.ts"
import { boundedCache } from "../../../domain/boundedCache.ts"
import type { Caller, Role } from "../../../domain/Caller.ts"
import { byMonotonicClock } from "../../../domain/clocks.ts"
import { OrgId, UserId } from "../../../domain/Ids.ts"
import { sha256 } from "../../../domain/sha256.ts"
import { sharedCache } from "../../../domain/shared.ts"
import { Unavailable } from "../../../domain/Unavailable.ts"
import { Admission, Visitor } from "../../admission/Admission.ts"
import { ownPlace } from "../../admission/FairQueue.ts"
import type { ClerkApi } from "./clerkApi.ts"
import { ClerkKey, ClerkUser, isValidAt, keyOf, Memberships } from "./ClerkKey.ts"

const form = /^ak_[\w.-]{1,512}$/

const maxCached = 10_000
/** Unknown keys have their own cache and places, so that invented keys do not delay valid ones. */
const maxStrangers = 1_000
/** A revoked key stops working at the latest after this time. */
const keyMillis = 30_000
const refusalMillis = 5_000
/** A demoted or removed person loses rights at the latest after this time. */
const roleMillis = 5_000
/** An address gives no rights, so it may be older than a role. */
const addressMillis = 300_000
const answerLimit = "3 seconds"

/** `Presented` carries the key itself, because the caches contain only digests of keys. */
class Presented extends Context.Service<Presented, Redacted.Redacted>()("crm-reports/services/keys/clerk/Presented") {}

interface Identity {
  readonly keyId: KeyId
  readonly person: Omit<Caller, "role">
}

interface Verified {
  readonly identity: Identity | undefined
  readonly cacheMillis: number
}

const Person = Schema.fromJsonString(Schema.Tuple([OrgId, UserId]))
const encodePerson = Schema.encodeSync(Person)
const decodePerson = Schema.decodeSync(Person)

export const clerkCallers = Effect.fnUntraced(function*(api: ClerkApi) {
  const verify = Effect.fnUntraced(function*(_digest: string): Effect.fn.Return<Verified, Unavailable, Presented> {
    const secret = Redacted.value(yield* Presented)
    const request = HttpClientRequest.post("/api_keys/verify").pipe(HttpClientRequest.bodyJsonUnsafe({ secret }))
    const found = yield* api.send(yield* Visitor, request, ClerkKey)
    const now = yield* Clock.currentTimeMillis
    const key = found === undefined || !isValidAt(now)(found) ? undefined : keyOf(found)
    if (found === undefined || key === undefined) return { identity: undefined, cacheMillis: refusalMillis }
    return {
      identity: {
        keyId: key.id,
        person: { organizationId: found.subject, userId: key.createdBy, scopes: key.scopes }
      },
      cacheMillis: Math.min(keyMillis, (found.expiration ?? Infinity) - now)
    }
  })

  const membershipOf = Effect.fnUntraced(function*(person: string): Effect.fn.Return<Role | undefined, Unavailable> {
    const [organizationId, userId] = decodePerson(person)
    const request = HttpClientRequest.get(`/v1/organizations/${encodeURIComponent(organizationId)}/memberships`).pipe(
      HttpClientRequest.setUrlParams({ user_id: userId, limit: 10 })
    )
    const { data } = (yield* api.send(ownPlace(organizationId), request, Memberships)) ?? { data: [] }
    const membership = data.find(({ organization, public_user_data }) =>
      organization.id === organizationId && public_user_data.user_id === userId
    )
    if (membership === undefined) return undefined
    return membership.role === "org:admin" ? "admin" : "member"
  })

  const { forVisitor } = yield* Admission
  const fromCaller = Context.pick(Presented, Visitor)
  const strangers = yield* sharedCache({
    capacity: maxStrangers,
    lookup: (digest: string) => forVisitor(verify(digest)),
    cacheMillis: ({ cacheMillis, identity }) => identity === undefined ? cacheMillis : 0,
    fromCaller
  })
  const identities = yield* sharedCache({
    capacity: maxCached,
    lookup: verify,
    cacheMillis: ({ cacheMillis }) => cacheMillis,
    fromCaller
  })
  /** Contains the organizations of the keys that were valid. */
  const known = boundedCache<string, OrgId>(maxCached)

  const identityOf = Effect.fnUntraced(function*(digest: string) {
    const organizationId = known.get(digest)
    if (organizationId !== undefined) {
      const found = Effect.provideService(Cache.get(identities, digest), Visitor, ownPlace(organizationId))
      return (yield* found).identity
    }
    const verified = yield* Cache.get(strangers, digest)
    if (verified.identity !== undefined) {
      yield* Cache.set(identities, digest, verified)
      known.set(digest, verified.identity.person.organizationId)
    }
    return verified.identity
  })

  const roles = yield* sharedCache({
    capacity: maxCached,
    lookup: membershipOf,
    cacheMillis: () => roleMillis,
    fromCaller: Context.empty
  })

  const primaryAddress = Effect.fnUntraced(function*(person: string) {
    const [organizationId, userId] = decodePerson(person)
    const request = HttpClientRequest.get(`/v1/users/${encodeURIComponent(userId)}`)
    const user = yield* api.send(ownPlace(organizationId), request, ClerkUser)
    const primary = user?.email_addresses.find(({ id }) => id === user.primary_email_address_id)
    return primary?.verification?.status === "verified" ? primary.email_address : undefined
  })
  const addresses = yield* sharedCache({
    capacity: maxCached,
    lookup: primaryAddress,
    cacheMillis: () => addressMillis,
    fromCaller: Context.empty
  })

  const inTime = Effect.timeoutOrElse({ duration: answerLimit, orElse: () => Effect.fail(new Unavailable()) })

  const roleIn = (organizationId: OrgId, userId: UserId) => Cache.get(roles, encodePerson([organizationId, userId]))

  const callerOf = Effect.fnUntraced(
    function*(secret: string): Effect.fn.Return<Caller | undefined, Unavailable> {
      if (!form.test(secret)) return undefined
      const identity = yield* Effect.provideService(
        identityOf(sha256(secret, "hex")),
        Presented,
        Redacted.make(secret)
      )
      if (identity === undefined) return undefined
      const { person } = identity
      const role = yield* roleIn(person.organizationId, person.userId)
      return role === undefined ? undefined : { ...person, role }
    },
    inTime,
    byMonotonicClock
  )

  const roleOf = (organizationId: OrgId, userId: UserId) => byMonotonicClock(inTime(roleIn(organizationId, userId)))

  const addressOf = (organizationId: OrgId, userId: UserId) =>
    byMonotonicClock(inTime(Cache.get(addresses, encodePerson([organizationId, userId]))))

  const forget = Effect.fnUntraced(function*(id: KeyId) {
    const digests = [...yield* Cache.entries(identities)].flatMap(([digest, { identity }]) =>
      identity?.keyId === id ? [digest] : []
    )
    yield* Effect.forEach(digests, (digest) => Cache.invalidate(identities, digest), { discard: true })
  }, byMonotonicClock)

  return { callerOf, roleOf, addressOf, forget }
})
