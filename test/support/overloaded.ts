import { Effect, Layer } from "effect"
import { identity } from "effect/Function"
import { Unavailable } from "../../src/domain/Unavailable.ts"
import { RunLimiter } from "../../src/services/limits/RunLimiter.ts"

/** Refuses the runs of one organization. `shed` gets the organization of each call of `shedLoad`. */
export const overloaded = (overloadedId: string, shed: Array<string> = []) => {
  const refuse = Effect.fail(new Unavailable())
  return Layer.succeed(RunLimiter, {
    isAnyCrowded: () => true,
    isOverloaded: (organizationId) => Effect.succeed(organizationId === overloadedId),
    refuse,
    shedLoad: (organizationId) => {
      shed.push(organizationId)
      return organizationId === overloadedId ? refuse : Effect.void
    },
    counted: (_organizationId, _widgets, run) => run(Effect.void),
    withPermit: () => identity
  })
}
