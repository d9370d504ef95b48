import { DateTime, Effect, Random } from "effect"
import type { OrgId } from "../../domain/Ids.ts"
import type { SubscriptionRepo } from "../reports/SubscriptionRepo/SubscriptionRepo.ts"

export const claimingFrom = ({ claim, organizationsWaiting }: SubscriptionRepo["Service"]) => {
  let waiting = new Set<OrgId>()

  /** Finds the organizations from which `claimOne` claims. This reads the whole queue. */
  const findWaiting = DateTime.now.pipe(
    Effect.flatMap(organizationsWaiting),
    Effect.map((organizations) => {
      waiting = new Set(organizations)
    })
  )

  const claimOf = (organizationId: OrgId, now: DateTime.Utc) =>
    claim(organizationId, now).pipe(
      Effect.catchCause((cause) => Effect.as(Effect.logWarning("a delivery could not be claimed", cause), undefined)),
      Effect.annotateLogs({ organizationId })
    )

  /**
   * Claims a delivery. Each organization that waits is equally likely, however many deliveries it has. An organization without
   * a delivery to claim, or whose claim fails, is not asked again until it is found again.
   */
  const claimOne = Effect.fnUntraced(function*(now: DateTime.Utc) {
    const organizations = waiting
    for (const organizationId of yield* Random.shuffle(organizations)) {
      const claimed = yield* claimOf(organizationId, now)
      if (claimed !== undefined) return claimed
      organizations.delete(organizationId)
    }
    return undefined
  })
  return { findWaiting, claimOne }
}
