import { Context, Duration, Effect, Layer, PartitionedSemaphore, Semaphore } from "effect"
import { identity } from "effect/Function"
import { Config } from "../../Config.ts"
import type { OrgId } from "../../domain/Ids.ts"
import { Unavailable } from "../../domain/Unavailable.ts"

/** Connections that statements over many rows leave to everything else: to questions that take no time. */
const spared = 1

/** One turn is left to other organizations, unless that would leave fewer than these to the one that asks. */
const fewestOfOne = 3

/** The share of a widget's time that may go by waiting for a turn; more counts as overload. */
const maxWaitShare = 1 / 10
const pauseMillis = 250

/** At most so many statements of an organization at a time; of an idle one nothing is kept. */
const atMost = (places: number) => {
  const known = new Map<string, { readonly own: Semaphore.Semaphore; users: number }>()
  return (organizationId: string) => <A, E, R>(asking: Effect.Effect<A, E, R>) =>
    Effect.acquireUseRelease(
      Effect.sync(() => {
        const held = known.get(organizationId) ?? { own: Semaphore.makeUnsafe(places), users: 0 }
        held.users += 1
        known.set(organizationId, held)
        return held
      }),
      ({ own }) => own.withPermit(asking),
      (held) =>
        Effect.sync(() => {
          held.users -= 1
          if (held.users === 0) known.delete(organizationId)
        })
    )
}

/** Organizations take turns at the connections, so that a busy one does not hold up the others. */
export class Turns extends Context.Service<Turns, {
  /** Waits for a connection to be free for a statement over many rows of the organization. */
  take(organizationId: OrgId): <A, E, R>(asking: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /** Turns away who would only wait: what the organization asked last had to wait too long for its turn. */
  admit(organizationId: OrgId): Effect.Effect<void, Unavailable>
}>()("crm-reports/services/Turns") {
  static readonly layer = Layer.effect(
    Turns,
    Effect.gen(function*() {
      const permits = Math.max(1, (yield* Config.databasePool) - spared)
      const turns = yield* PartitionedSemaphore.make<string>({ permits })
      const mostOfOne = Math.max(fewestOfOne, permits - 1)
      const ownTurn = mostOfOne < permits ? atMost(mostOfOne) : () => identity
      const longestMillis = Duration.toMillis(yield* Config.widgetTimeout) * maxWaitShare
      const lateAt = new Map<string, number>()

      const take = (organizationId: OrgId) => <A, E, R>(asking: Effect.Effect<A, E, R>) =>
        Effect.clockWith((clock) => {
          const asked = clock.currentTimeMillisUnsafe()
          const inTurn = Effect.suspend(() => {
            const now = clock.currentTimeMillisUnsafe()
            if (now - asked > longestMillis) lateAt.set(organizationId, now)
            return asking
          })
          return inTurn.pipe(turns.withPermit(organizationId), ownTurn(organizationId))
        })

      const admit = (organizationId: OrgId): Effect.Effect<void, Unavailable> =>
        Effect.clockWith((clock) => {
          const late = lateAt.get(organizationId)
          if (late === undefined) return Effect.void
          // Clocks are also set back.
          if (Math.abs(clock.currentTimeMillisUnsafe() - late) < pauseMillis) return Effect.fail(new Unavailable())
          lateAt.delete(organizationId)
          return Effect.void
        })
      return { take, admit }
    })
  )
}
