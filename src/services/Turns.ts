import { Context, Effect, Layer, PartitionedSemaphore } from "effect"
import { Config } from "../Config.ts"
import type { OrgId } from "../domain/Ids.ts"

/** Connections that statements over many rows leave to everything else: to questions that take no time. */
const spared = 1

/** Organizations take turns at the connections, so that a busy one does not hold up the others. */
export class Turns extends Context.Service<Turns, {
  /** Waits for a connection to be free for a statement over many rows of the organization. */
  take(organizationId: OrgId): <A, E, R>(asking: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}>()("crm-reports/services/Turns") {
  static readonly layer = Layer.effect(
    Turns,
    Effect.gen(function*() {
      const permits = Math.max(1, (yield* Config.databasePool) - spared)
      const turns = yield* PartitionedSemaphore.make<string>({ permits })
      return { take: turns.withPermit }
    })
  )
}
