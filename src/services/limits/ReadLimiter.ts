import { Context, Effect, Layer, PartitionedSemaphore } from "effect"
import type { OrgId } from "../../domain/Ids.ts"
import type { TimedOut } from "../../domain/Unavailable.ts"
import { within } from "./withDeadline.ts"

/** A page of reports, a snapshot or an answer that is given again may have megabytes: so many are read at a time. */
const atOnce = 2

/** Organizations take turns at reading what they have saved, so that one with large reports does not hold up the others. */
export class Reading extends Context.Service<Reading, {
  inTurn(organizationId: OrgId): <A, E, R>(reading: Effect.Effect<A, E, R>) => Effect.Effect<A, E | TimedOut, R>
}>()("crm-reports/services/Reading") {
  static readonly layer = Layer.effect(
    Reading,
    Effect.map(PartitionedSemaphore.make<string>({ permits: atOnce }), (turns) => ({
      inTurn: (organizationId: OrgId) => <A, E, R>(reading: Effect.Effect<A, E, R>) =>
        reading.pipe(turns.withPermit(organizationId), within("5 seconds"))
    }))
  )
}
