import { Effect, Semaphore } from "effect"
import { identity } from "effect/Function"

/** With fewer permits than this, one organization may use all of them. */
const minShared = 3

export const maxFor = (permits: number): number =>
  permits < minShared ? permits : permits - Math.max(1, Math.floor(permits / 4))

interface Shared {
  readonly semaphore: Semaphore.Semaphore
  users: number
}

/** Each organization has this number of permits. */
export const atMost = (permits: number) =>
  Effect.sync(() => {
    const shared = new Map<string, Shared>()
    const enter = (organizationId: string): Shared => {
      const found = shared.get(organizationId) ?? { semaphore: Semaphore.makeUnsafe(permits), users: 0 }
      shared.set(organizationId, found)
      found.users += 1
      return found
    }
    const leave = (organizationId: string, found: Shared): void => {
      found.users -= 1
      if (found.users === 0) shared.delete(organizationId)
    }
    return (organizationId: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      Effect.acquireUseRelease(
        Effect.sync(() => enter(organizationId)),
        ({ semaphore }) => semaphore.withPermit(effect),
        (found) => Effect.sync(() => leave(organizationId, found))
      )
  })

/** An organization may use about three quarters of the permits. */
export const perOrganization = (permits: number) => {
  const most = maxFor(permits)
  return most === permits ? Effect.succeed(() => identity) : atMost(most)
}
