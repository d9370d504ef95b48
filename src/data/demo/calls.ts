import type { Tables } from "../../metrics/crm.ts"
import type { Random } from "../Random.ts"
import { later, minutesLater } from "./arrivalTimes.ts"
import { handledBy, type Lead, type Organization } from "./Organization.ts"

export const firstCall = (random: Random, { now }: Organization, createdAt: number): number | null => {
  const at = random.weighted<() => number | null>([
    [() => minutesLater(random, createdAt, 2, 45), 38],
    [() => minutesLater(random, createdAt, 45, 300), 20],
    [() => later(random, createdAt, 1, 5), 16],
    [() => minutesLater(random, createdAt, -90, -1), 1],
    [() => null, 25]
  ])()
  return at === null || at > now ? null : at
}

const outcomes = [
  ["success", 46],
  ["no_answer", 32],
  ["busy", 8],
  ["failed", 4],
  ["invalid_number", 3],
  ["canceled", 5],
  ["voicemail", 2]
] as const

const talkSeconds = (random: Random): number => {
  const length = random.fraction()
  return 15 + Math.floor(length * length * 1_500)
}

export const calls = (random: Random, organization: Organization, lead: Lead, suffix: string): Tables["calls"] => {
  const { createdAt, firstCallAt, leadId, organizationId } = lead
  const following = random.weighted([[0, 32], [1, 26], [2, 18], [3, 12], [4, 8], [6, 4]])
  const since = firstCallAt === null ? createdAt : Math.max(createdAt, firstCallAt)
  const times = Array.from({ length: following }, () => later(random, since, 1, 90)).filter((at) =>
    at <= organization.now
  )
  return (firstCallAt === null ? times : [firstCallAt, ...times]).map((startedAt, index) => {
    const outcome = random.weighted(outcomes)
    const isOutbound = startedAt === firstCallAt || (firstCallAt !== null && random.chance(0.72))
    return {
      organizationId,
      callId: `call_${suffix}_${index + 1}`,
      leadId,
      ownerId: handledBy(random, organization, lead, startedAt),
      direction: isOutbound ? "outbound" : "inbound",
      outcome,
      durationSeconds: outcome === "success" ? talkSeconds(random) : 0,
      startedAt
    }
  })
}
