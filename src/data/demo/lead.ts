import type { Tables } from "../../metrics/crm.ts"
import { type Random, random, seedOf } from "../Random.ts"
import { calls, emails, firstCall, tasks } from "./activities.ts"
import { arrival, later } from "./arrivalTimes.ts"
import { deals, shares } from "./deals.ts"
import { assignees, colleague, type Lead, type Organization } from "./Organization.ts"

type Journey = readonly [string, ...ReadonlyArray<string>]

const journeys: readonly [readonly [Journey, number], ...ReadonlyArray<readonly [Journey, number]>] = [
  [["lead"], 52],
  [["lead", "potential"], 21],
  [["lead", "potential", "client"], 9],
  [["lead", "client"], 4],
  [["lead", "bad_timing"], 5],
  [["lead", "potential", "bad_timing"], 2],
  [["lead", "unqualified"], 5],
  [["lead", "potential", "unqualified"], 2],
  [["lead", "nurturing"], 0.8]
]

type Spells = ReadonlyArray<Omit<Tables["leadStatusSpells"][number], "organizationId" | "leadId">>

const journey = (random: Random, { now }: Organization, createdAt: number): Spells => {
  const spells: Array<Spells[number]> = []
  let startedAt = createdAt
  for (const [step, status] of random.weighted(journeys).entries()) {
    if (step > 0 && startedAt > now) break
    const endedAt = later(random, startedAt, 1, 40)
    spells.push({ status, startedAt, endedAt })
    startedAt = endedAt
  }
  return spells.map((spell, step) => step === spells.length - 1 ? { ...spell, endedAt: null } : spell)
}

const statusAfter = (spells: Spells): Lead["status"] => spells.at(-1)?.status ?? "lead"

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
