import { Effect, RcMap, Scope, Semaphore } from "effect"
import { identity } from "effect/Function"

/** With fewer permits than this, one organization may use all of them. */
const minShared = 3

export const maxFor = (permits: number): number =>
  permits < minShared ? permits : permits - Math.max(1, Math.floor(permits / 4))

/** Each organization has this number of permits. */
export const atMost = Effect.fnUntraced(function*(permits: number) {
  const semaphores = yield* RcMap.make({ lookup: (_organizationId: string) => Semaphore.make(permits) })
  return (organizationId: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.acquireUseRelease(
      Scope.make(),
      (scope) =>
        Effect.flatMap(
          Scope.provide(RcMap.get(semaphores, organizationId), scope),
          (semaphore) => semaphore.withPermit(effect)
        ),
      (scope, exit) => Scope.close(scope, exit)
    )
})

/** An organization may use about three quarters of the permits. */
export const perOrganization = (permits: number) => {
  const most = maxFor(permits)
  return most === permits ? Effect.succeed(() => identity) : atMost(most)
}
