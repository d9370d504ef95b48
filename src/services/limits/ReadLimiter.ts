import { Context, Effect, Layer } from "effect"
import { makeFairPermits } from "../../domain/fairPermits.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { TimedOut } from "../../domain/Unavailable.ts"
import { perOrganization } from "./perOrganization.ts"
import { withDeadline } from "./withDeadline.ts"

/** Few reads run at once, because a stored response can have megabytes. */
const permits = 3

export class ReadLimiter extends Context.Service<ReadLimiter, {
  withPermit(organizationId: OrgId): <A, E, R>(read: Effect.Effect<A, E, R>) => Effect.Effect<A, E | TimedOut, R>
}>()("crm-reports/services/limits/ReadLimiter") {
  static readonly layer = Layer.effect(
    ReadLimiter,
    Effect.gen(function*() {
      const shared = makeFairPermits(permits)
      const withOwnPermit = yield* perOrganization(permits)
      return {
        withPermit: (organizationId: OrgId) => <A, E, R>(read: Effect.Effect<A, E, R>) =>
          read.pipe(shared.withPermit(organizationId), withOwnPermit(organizationId), withDeadline("5 seconds"))
      }
    })
  )
}
