import { Context, Effect, Layer } from "effect"
import { boundedCache } from "../../domain/boundedCache.ts"
import type { Instant } from "../../domain/Calendar.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { OrgId } from "../../domain/Ids.ts"
import { nobody } from "../../domain/reservedKeys.ts"
import type { Selection } from "../../domain/Run.ts"
import type { AccessVersion, Person, Scope } from "../../domain/Scope.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { traced } from "../../telemetry/measure.ts"
import type { AccessCheck } from "./accessQuery.ts"
import { type Membership, Organizations, type Selected } from "./Organizations.ts"

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

/** Discard `result` if `scope` was made from another `membership`. */
const speculate = Effect.fnUntraced(function*<A, E, R>(
  work: (scope: Scope, check: AccessCheck<unknown>) => Effect.Effect<A, E, R>,
  scope: Scope,
  check: AccessCheck<Membership>
) {
  const result = yield* work(scope, check)
  return { result, membership: yield* traced("gate check")(check.answer) }
}, (speculation, _work, _scope, check) => Effect.ensuring(speculation, check.close))

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
  scope(
    caller: Caller,
    selection: Selection,
    asOf: Instant
  ): Effect.Effect<Scope, Unreachable>
  /** Runs `work` with the remembered scope. If the scope has changed, `work` runs again with the new scope. */
  inScope<A, E, R>(
    caller: Caller,
    selection: Selection,
    asOf: Instant,
    work: (scope: Scope, check?: AccessCheck<unknown>) => Effect.Effect<A, E, R>,
    versionNow?: () => AccessVersion | undefined
  ): Effect.Effect<A, E | Unreachable, R>
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

      const inScope = Effect.fnUntraced(function*<A, E, R>(
        caller: Caller,
        selection: Selection,
        asOf: Instant,
        work: (scope: Scope, check?: AccessCheck<unknown>) => Effect.Effect<A, E, R>,
        versionNow?: () => AccessVersion | undefined
      ) {
        const { organizationId } = caller
        const version = versionNow?.()
        const selected = selectedBy(caller, selection)
        const key = JSON.stringify([organizationId, selected])
        const scopeIn = (membership: Membership) => scopeFor(caller, selected, membership, asOf)
        const last = memberships.get(key)
        const known = last?.membership

        const speculation = known === undefined ? undefined : yield* speculate(
          work,
          scopeIn(known),
          organizations.revalidate(organizationId, selected, known, last?.version)
        )
        const membership = speculation?.membership ?? (yield* lookUp(organizationId, selected))
        const isNew = membership !== known || version !== last?.version
        const isSmall = key.length <= maxKeyLength && membership.fingerprint.length <= maxFingerprintLength
        if (!isSmall) memberships.delete(key)
        else if (isNew) memberships.set(key, { membership, version })
        return speculation !== undefined && membership === known
          ? speculation.result
          : yield* work(scopeIn(membership))
      })
      return { scope, inScope }
    })
  )
}
