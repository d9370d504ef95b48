import type { Tables } from "../../metrics/crm.ts"
import { type Random, random, seedOf } from "../Random.ts"
import { arrival } from "./arrivalTimes.ts"
import { calls, firstCall } from "./calls.ts"
import { deals } from "./deals.ts"
import { emails } from "./emails.ts"
import { journey, statusAfter } from "./journey.ts"
import { assignees, colleague, type Organization } from "./Organization.ts"
import { shares } from "./shares.ts"
import { tasks } from "./tasks.ts"

export type LeadTables = Omit<Tables, "organizations" | "members" | "tags">

const sources = [
  ["web", 30],
  ["portal", 24],
  ["referral", 14],
  ["phone", 9],
  ["social_media", 8],
  ["walk_in", 4],
  ["newsletter", 3],
  ["tiktok", 1],
  [null, 7]
] as const

const tagsCarried = (random: Random, { tagIds }: Organization): ReadonlyArray<string> =>
  random.shuffled(tagIds).slice(0, random.weighted([[0, 30], [1, 34], [2, 22], [3, 10], [5, 4]]))

/** The random numbers depend only on seed and index, so leads can be made in batches. */
export const lead = (organization: Organization, index: number): LeadTables => {
  const chance = random(seedOf(organization.seed, index))
  const { organizationId } = organization.profile
  const suffix = String(index + 1).padStart(6, "0")
  const createdAt = arrival(chance, organization, index)
  const ownerId = chance.chance(0.02) ? null : colleague(chance, organization, createdAt)
  const spells = journey(chance, organization, createdAt)
  const leadId = `lead_${suffix}`
  const lead = {
    organizationId,
    leadId,
    ownerId,
    assigneeIds: assignees(chance, organization, ownerId, createdAt),
    tagIds: tagsCarried(chance, organization),
    leadType: chance.weighted([["buyer", 58], ["seller", 32], [null, 10]]),
    source: chance.weighted(sources),
    status: statusAfter(spells),
    createdAt,
    firstCallAt: firstCall(chance, organization, createdAt)
  }
  const itsDeals = deals(chance, organization, lead, suffix)
  return {
    leads: [lead],
    leadStatusSpells: spells.map((spell) => ({ organizationId, leadId, ...spell })),
    deals: itsDeals,
    dealShares: itsDeals.flatMap((deal) => shares(chance, organization, deal)),
    tasks: tasks(chance, organization, lead, suffix),
    calls: calls(chance, organization, lead, suffix),
    emails: emails(chance, organization, lead, suffix)
  }
}
