import { Context, Effect, Layer } from "effect"
import { boundedCache } from "../../domain/boundedCache.ts"
import type { Instant } from "../../domain/Calendar.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { Person, Scope } from "../../domain/Scope.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { type Membership, Organizations } from "./Organizations.ts"

/** Whom the caller may mean: only an admin chooses people; nobody chosen means the caller alone. */
export const chosenBy = (caller: Caller, assigneeIds: ReadonlyArray<string> = []): ReadonlyArray<string> =>
  caller.role === "admin" && assigneeIds.length > 0 ? [...new Set(assigneeIds)].sort() : [caller.userId]

/** Of the chosen, those who are members; the caller always counts as one. Never wider than chosen. */
export const scopeFor = (caller: Caller, chosen: ReadonlyArray<string>, entry: Membership, asOf: Instant): Scope => {
  const members = new Map<string, Membership["members"][number]>(entry.members.map((member) => [member.userId, member]))
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
  return { organization: entry.organization, kind: isOwn ? "own" : "members", people }
}

/** So that nobody can fill the memory with lists of people; keys of more characters (some hundred ids) are not kept. */
const mostRemembered = 2_000
const maxKeyLength = 4_000

/** Whose rows a caller may count, decided anew on every run. */
export class Gating extends Context.Service<Gating, {
  scope(
    caller: Caller,
    assigneeIds: ReadonlyArray<string> | undefined,
    asOf: Instant
  ): Effect.Effect<Scope, Unreachable>
  /**
   * Does the work for the scope of the last time while the gate is asked again, and once more where it has changed:
   * nothing is told that today's gate did not let pass.
   */
  inScope<A, E, R>(
    caller: Caller,
    assigneeIds: ReadonlyArray<string> | undefined,
    asOf: Instant,
    work: (scope: Scope) => Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | Unreachable, R>
}>()("crm-reports/services/Gating") {
  static readonly layer = Layer.effect(
    Gating,
    Effect.gen(function*() {
      const organizations = yield* Organizations
      const remembered = boundedCache<string, Membership>(mostRemembered)

      const scope = Effect.fnUntraced(
        function*(caller: Caller, assigneeIds: ReadonlyArray<string> | undefined, asOf: Instant) {
          const chosen = chosenBy(caller, assigneeIds)
          return scopeFor(caller, chosen, yield* organizations.lookUp(caller.organizationId, chosen), asOf)
        }
      )

      const inScope = <A, E, R>(
        caller: Caller,
        assigneeIds: ReadonlyArray<string> | undefined,
        asOf: Instant,
        work: (scope: Scope) => Effect.Effect<A, E, R>
      ) =>
        Effect.suspend(() => {
          const { organizationId } = caller
          const chosen = chosenBy(caller, assigneeIds)
          const key = JSON.stringify([organizationId, chosen])
          const workFor = (entry: Membership) => work(scopeFor(caller, chosen, entry, asOf))
          const workAnew = (entry: Membership) => {
            if (key.length <= maxKeyLength) remembered.set(key, entry)
            return workFor(entry)
          }
          const last = remembered.get(key)
          if (last === undefined) return Effect.flatMap(organizations.lookUp(organizationId, chosen), workAnew)
          return Effect.flatMap(
            organizations.revalidate(organizationId, chosen, last, workFor(last)),
            ({ done, entry }) => entry === last ? Effect.succeed(done) : workAnew(entry)
          )
        })
      return { scope, inScope }
    })
  )
}
