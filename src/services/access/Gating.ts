import { Context, Effect, Layer } from "effect"
import { boundedCache } from "../../domain/boundedCache.ts"
import type { Instant } from "../../domain/Calendar.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { Person, Scope } from "../../domain/Scope.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { AccessCheck } from "./accessQuery.ts"
import { type Membership, Organizations } from "./Organizations.ts"

/** The people whom the caller may select: only an admin selects others; without a selection it is the caller alone. */
export const chosenBy = (caller: Caller, assigneeIds: ReadonlyArray<string> = []): ReadonlyArray<string> =>
  caller.role === "admin" && assigneeIds.length > 0 ? [...new Set(assigneeIds)].sort() : [caller.userId]

/** The chosen people who are members; the caller always counts as one. Never wider than `chosen`. */
export const scopeFor = (
  caller: Caller,
  chosen: ReadonlyArray<string>,
  membership: Membership,
  asOf: Instant
): Scope => {
  const members = new Map<string, Membership["members"][number]>(
    membership.members.map((member) => [member.userId, member])
  )
  const people: Array<Person> = []
  for (const id of chosen) {
    const member = members.get(id)
    if (member !== undefined) {
      const { leftAt, name, userId } = member
      people.push({ userId, name, hasLeft: leftAt !== null && leftAt <= asOf })
    } else if (id === caller.userId) {
      people.push({ userId: caller.userId, name: id, hasLeft: false })
    }
  }
  const isOwn = people.length === 1 && people[0]?.userId === caller.userId
  return { organization: membership.organization, kind: isOwn ? "own" : "members", people }
}

/** Bounds the cache: a longer key (some hundred ids) is not cached. */
const maxCached = 2_000
const maxKeyLength = 4_000

/** Whose rows a caller may count, decided anew on every run. */
export class Gating extends Context.Service<Gating, {
  scope(
    caller: Caller,
    assigneeIds: ReadonlyArray<string> | undefined,
    asOf: Instant
  ): Effect.Effect<Scope, Unreachable>
  /**
   * Runs `work` speculatively with the last known scope while access is re-checked; if the scope changed, the result is
   * discarded and `work` runs again. The check is passed where it is still to be answered.
   */
  inScope<A, E, R>(
    caller: Caller,
    assigneeIds: ReadonlyArray<string> | undefined,
    asOf: Instant,
    work: (scope: Scope, check?: AccessCheck<unknown>) => Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | Unreachable, R>
}>()("crm-reports/services/access/Gating") {
  static readonly layer = Layer.effect(
    Gating,
    Effect.gen(function*() {
      const organizations = yield* Organizations
      const memberships = boundedCache<string, Membership>(maxCached)

      const scope = Effect.fnUntraced(
        function*(caller: Caller, assigneeIds: ReadonlyArray<string> | undefined, asOf: Instant) {
          const chosen = chosenBy(caller, assigneeIds)
          return scopeFor(caller, chosen, yield* organizations.lookUp(caller.organizationId, chosen), asOf)
        }
      )

      const inScope = Effect.fnUntraced(function*<A, E, R>(
        caller: Caller,
        assigneeIds: ReadonlyArray<string> | undefined,
        asOf: Instant,
        work: (scope: Scope, check?: AccessCheck<unknown>) => Effect.Effect<A, E, R>
      ) {
        const { organizationId } = caller
        const chosen = chosenBy(caller, assigneeIds)
        const key = JSON.stringify([organizationId, chosen])
        const scopeIn = (membership: Membership) => scopeFor(caller, chosen, membership, asOf)
        const last = memberships.get(key)

        const speculate = Effect.fnUntraced(function*(last: Membership, check: AccessCheck<Membership>) {
          const result = yield* work(scopeIn(last), check)
          return { result, membership: yield* check.answer }
        }, (speculation, _last, check) => Effect.ensuring(speculation, check.close))

        const speculation = last === undefined
          ? undefined
          : yield* speculate(last, organizations.revalidate(organizationId, chosen, last))
        if (speculation !== undefined && speculation.membership === last) return speculation.result

        const membership = speculation?.membership ?? (yield* organizations.lookUp(organizationId, chosen))
        if (key.length <= maxKeyLength) memberships.set(key, membership)
        return yield* work(scopeIn(membership))
      })
      return { scope, inScope }
    })
  )
}
