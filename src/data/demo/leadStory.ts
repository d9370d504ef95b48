import type { Tables } from "../../metrics/crm.ts"
import { type Random, random, seedOf } from "../Random.ts"
import { calls, firstCall } from "./calls.ts"
import { deals } from "./deals.ts"
import { emails } from "./emails.ts"
import { journey, statusAfter } from "./journey.ts"
import { assignees, colleague, type Office } from "./Office.ts"
import { arrival } from "./rhythm.ts"
import { shares } from "./shares.ts"
import { tasks } from "./tasks.ts"

export type Story = Omit<Tables, "organizations" | "members" | "tags">

/** `tiktok` is a source that no list of ours foresees. */
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

const tagsCarried = (random: Random, { tagIds }: Office): ReadonlyArray<string> =>
  random.shuffled(tagIds).slice(0, random.weighted([[0, 30], [1, 34], [2, 22], [3, 10], [5, 4]]))

/** A lead and everything that hangs on it. Each has chances of its own, so that any part can be made alone. */
export const leadStory = (office: Office, index: number): Story => {
  const chance = random(seedOf(office.seed, index))
  const { organizationId } = office.organization
  const suffix = String(index + 1).padStart(6, "0")
  const createdAt = arrival(chance, office, index)
  const ownerId = chance.chance(0.02) ? null : colleague(chance, office, createdAt)
  const spells = journey(chance, office, createdAt)
  const leadId = `lead_${suffix}`
  const lead = {
    organizationId,
    leadId,
    ownerId,
    assigneeIds: assignees(chance, office, ownerId, createdAt),
    tagIds: tagsCarried(chance, office),
    leadType: chance.weighted([["buyer", 58], ["seller", 32], [null, 10]]),
    source: chance.weighted(sources),
    status: statusAfter(spells),
    createdAt,
    firstCallAt: firstCall(chance, office, createdAt)
  }
  const itsDeals = deals(chance, office, lead, suffix)
  return {
    leads: [lead],
    leadStatusSpells: spells.map((spell) => ({ organizationId, leadId, ...spell })),
    deals: itsDeals,
    dealShares: itsDeals.flatMap((deal) => shares(chance, office, deal)),
    tasks: tasks(chance, office, lead, suffix),
    calls: calls(chance, office, lead, suffix),
    emails: emails(chance, office, lead, suffix)
  }
}
