import { Clock, Context, Duration, Effect, Layer, PartitionedSemaphore } from "effect"
import { Config } from "../Config.ts"
import type { OrgId } from "../domain/Ids.ts"
import { Unavailable } from "../domain/Unavailable.ts"

/** Connections that statements over many rows leave to everything else: to questions that take no time. */
const spared = 1

/** What waits for longer than this part of a widget's time leaves too little of it. */
const patience = 1 / 4
const pauseMillis = 250

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
      const longestMillis = Duration.toMillis(yield* Config.widgetTimeout) * patience
      const lateAt = new Map<string, number>()

      const take = (organizationId: OrgId) => <A, E, R>(asking: Effect.Effect<A, E, R>) =>
        Effect.flatMap(Clock.currentTimeMillis, (asked) =>
          turns.withPermit(organizationId)(
            Effect.flatMap(Clock.currentTimeMillis, (now) => {
              if (now - asked > longestMillis) lateAt.set(organizationId, now)
              return asking
            })
          ))

      const admit = (organizationId: OrgId) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          const late = lateAt.get(organizationId)
          if (late === undefined) return Effect.void
          if (now - late < pauseMillis) return Effect.fail(new Unavailable())
          lateAt.delete(organizationId)
          return Effect.void
        })
      return { take, admit }
    })
  )
}
