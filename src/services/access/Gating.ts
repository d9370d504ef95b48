import { Clock, Context, Effect, Layer, type Scope as EffectScope } from "effect"
import { boundedCache } from "../../domain/boundedCache.ts"
import type { Instant } from "../../domain/Calendar.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { OrgId } from "../../domain/Ids.ts"
import { RoleChanged } from "../../domain/Live.ts"
import { nobody } from "../../domain/reservedKeys.ts"
import type { Selection } from "../../domain/Run.ts"
import type { AccessVersion, Person, Scope } from "../../domain/Scope.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { traced } from "../../telemetry/measure.ts"
import type { AccessCheck } from "./accessQuery.ts"
import { type Membership, Organizations, type Selected } from "./Organizations.ts"

export interface Admitted<C> {
  readonly caller: Caller
  /** Checks again whether the session token or the key is accepted. */
  readonly check: Effect.Effect<Caller, C>
  /** `expiresAt` is in epoch milliseconds. It is undefined for a key. */
  readonly expiresAt: number | undefined
}

/** Fails if the credential is no longer accepted, or if the caller has another role. */
export const stillAdmitted = <C>({ caller, check }: Admitted<C>): Effect.Effect<Caller, C | RoleChanged> =>
  Effect.flatMap(check, (now) => now.role === caller.role ? Effect.succeed(now) : Effect.fail(new RoleChanged()))

/** A session token lives for a minute, and a large file takes longer. After this time, each page checks the token. */
const uncheckedNanos = 300_000_000_000n

/** Returns the check that runs before each later page of a file. */
export const laterPageCheck = <C>(admission: Admitted<C>) =>
  Effect.map(Clock.monotonicTimeNanos, (begun) =>
    Effect.flatMap(
      Clock.monotonicTimeNanos,
      (now): Effect.Effect<unknown, C | RoleChanged> =>
        admission.expiresAt !== undefined && now - begun < uncheckedNanos ? Effect.void : stillAdmitted(admission)
    ))

export const selectedBy = (caller: Caller, { assigneeIds = [], everyone = false }: Selection): Selected => {
  if (caller.role !== "admin") return [caller.userId]
  if (everyone) return "everyone"
  return assigneeIds.length > 0 ? [...new Set(assigneeIds)].sort() : [caller.userId]
}

export const scopeFor = (
  caller: Caller,
  selected: Selected,
  membership: Membership,
  asOf: Instant
): Scope => {
  const members = new Map<string, Membership["members"][number]>(
    membership.members.map((member) => [member.userId, member])
  )
  const allMembers = [...new Set([caller.userId, ...members.keys()])].sort()
  const isEveryone = selected === "everyone"
  const ids = isEveryone ? allMembers : selected
  const people: Array<Person> = []
  for (const id of ids) {
    const member = members.get(id)
    if (member !== undefined) {
      const { leftAt, name, userId } = member
      people.push({ userId, name, hasLeft: leftAt !== null && leftAt <= asOf })
    } else if (id === caller.userId) {
      people.push({ userId: caller.userId, name: id, hasLeft: false })
    }
  }
  if (isEveryone || selected.includes(nobody)) {
    return { organization: membership.organization, kind: isEveryone ? "everyone" : "members", people, allMembers }
  }
  const isOwn = people.length === 1 && people[0]?.userId === caller.userId
  return { organization: membership.organization, kind: isOwn ? "own" : "members", people }
}

interface PresumedScope {
  readonly scope: Scope
  /** The check that the reader sends. It is undefined if `scope` is the result of an access query that was just sent. */
  readonly check: AccessCheck<unknown> | undefined
  /** Waits for the check. If nothing has changed, this is the object `scope` itself. */
  readonly confirmed: Effect.Effect<Scope, Unreachable>
}

interface Known {
  readonly membership: Membership
  /** `version` is read before `membership`, so that no change between the two reads is missed. */
  readonly version: AccessVersion | undefined
}

const maxCached = 2_000
/** A membership whose key is longer (about a hundred people) is not remembered. */
const maxKeyLength = 4_000
const maxFingerprintLength = 16_000

export class Gating extends Context.Service<Gating, {
  /** Waits for the access query. */
  scope(caller: Caller, selection: Selection, asOf: Instant): Effect.Effect<Scope, Unreachable>
  /** Returns the remembered scope without waiting. If none is remembered, waits for the access query. */
  presume(
    caller: Caller,
    selection: Selection,
    asOf: Instant,
    version: AccessVersion | undefined
  ): Effect.Effect<PresumedScope, Unreachable, EffectScope.Scope>
}>()("crm-reports/services/access/Gating") {
  static readonly layer = Layer.effect(
    Gating,
    Effect.gen(function*() {
      const organizations = yield* Organizations
      const lookUp = (organizationId: OrgId, selected: Selected) =>
        traced("gate")(organizations.lookUp(organizationId, selected))
      const memberships = boundedCache<string, Known>(maxCached)

      const scope = Effect.fnUntraced(
        function*(caller: Caller, selection: Selection, asOf: Instant) {
          const selected = selectedBy(caller, selection)
          return scopeFor(caller, selected, yield* lookUp(caller.organizationId, selected), asOf)
        }
      )

      const presume = Effect.fnUntraced(function*(
        caller: Caller,
        selection: Selection,
        asOf: Instant,
        version: AccessVersion | undefined
      ) {
        const { organizationId } = caller
        const selected = selectedBy(caller, selection)
        const key = JSON.stringify([organizationId, selected])
        const last = memberships.get(key)
        const scopeIn = (membership: Membership) => scopeFor(caller, selected, membership, asOf)
        const remember = (membership: Membership) => {
          const isNew = membership !== last?.membership || version !== last.version
          const isSmall = key.length <= maxKeyLength && membership.fingerprint.length <= maxFingerprintLength
          if (!isSmall) memberships.delete(key)
          else if (isNew) memberships.set(key, { membership, version })
        }
        if (last === undefined) {
          const membership = yield* lookUp(organizationId, selected)
          remember(membership)
          const scope = scopeIn(membership)
          return { scope, check: undefined, confirmed: Effect.succeed(scope) }
        }
        const check = yield* organizations.revalidate(organizationId, selected, last.membership, last.version)
        const scope = scopeIn(last.membership)
        const confirmed = Effect.map(traced("gate check")(check.answer), (membership) => {
          remember(membership)
          return membership === last.membership ? scope : scopeIn(membership)
        })
        return { scope, check, confirmed }
      })
      return { scope, presume }
    })
  )
}
