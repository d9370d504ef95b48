import { Effect, RcMap, Scope, Semaphore } from "effect"
import { identity } from "effect/Function"

/** With fewer permits than this, one organization may use all of them. */
const minShared = 3

const maxFor = (permits: number): number =>
  permits < minShared ? permits : permits - Math.max(1, Math.floor(permits / 4))

export const perOrganization = Effect.fnUntraced(function*(permits: number) {
  const most = maxFor(permits)
  if (most === permits) return () => identity
  const semaphores = yield* RcMap.make({ lookup: (_organizationId: string) => Semaphore.make(most) })
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
