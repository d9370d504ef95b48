import { DateTime, Effect, Random } from "effect"
import type { OrgId } from "../../domain/Ids.ts"
import type { SubscriptionRepo } from "../reports/SubscriptionRepo/SubscriptionRepo.ts"

const minute = 60_000

/** Claims a delivery. Each organization that waits is equally likely, however many deliveries it has. */
export const claimingFrom = ({ claim, organizationsWaiting }: SubscriptionRepo["Service"]) => {
  let waiting = { readAt: 0, organizations: new Set<OrgId>() }

  const claimKnown = Effect.fnUntraced(function*(now: DateTime.Utc) {
    const { organizations } = waiting
    for (const organizationId of yield* Random.shuffle(organizations)) {
      const claimed = yield* claim(organizationId, now)
      if (claimed !== undefined) return claimed
      organizations.delete(organizationId)
    }
    return undefined
  })

  /** The organizations are read again after a minute, or when none of them waits, because this reads the whole queue. */
  return Effect.fnUntraced(function*(now: DateTime.Utc) {
    const readAt = DateTime.toEpochMillis(now)
    const claimed = readAt - waiting.readAt < minute ? yield* claimKnown(now) : undefined
    if (claimed !== undefined) return claimed
    waiting = { readAt, organizations: new Set(yield* organizationsWaiting(now)) }
    return yield* claimKnown(now)
  })
}
