import type { Tables } from "../../metrics/crm.ts"
import type { Random } from "../Random.ts"
import { later } from "./arrivalTimes.ts"
import { aDay, assignees, colleague, handledBy, type Lead, type Organization } from "./Organization.ts"

type Share = Tables["dealShares"][number]

const partners = ["Northwind Brokers", "Casa & Partner", "Blue Key", "Atlas Homes"] as const

const portion = (random: Random, fromPercent: number, toPercent: number): Pick<Share, "mode" | "percent" | "amount"> =>
  random.weighted<() => Pick<Share, "mode" | "percent" | "amount">>([
    [() => ({ mode: "percent", percent: BigInt(random.integer(fromPercent, toPercent)) * 10_000n, amount: null }), 80],
    [() => ({ mode: "fixed", percent: null, amount: BigInt(random.integer(3, 30)) * 10_000n }), 18],
    [() => ({ mode: "percent", percent: null, amount: null }), 2]
  ])()

export const shares = (
  random: Random,
  organization: Organization,
  deal: Tables["deals"][number]
): Tables["dealShares"] => {
  if (!random.chance(0.72)) return []
  const { createdAt, dealId, organizationId, ownerId } = deal
  const nameOf = (userId: string) =>
    organization.profile.people.find((person) => person.userId === userId)?.name ?? userId
  const first = ownerId ?? colleague(random, organization, createdAt)
  const second = colleague(random, organization, createdAt)
  const agents = random.chance(0.25) && first !== second ? [first, second] : [first]
  const parties = [
    ...(random.chance(0.3)
      ? [{ party: "collaborator", userId: null, name: random.pick(partners), ...portion(random, 20, 50) }]
      : []),
    ...agents.map((userId) => ({ party: "agent", userId, name: nameOf(userId), ...portion(random, 15, 40) }))
  ]
  return parties.map((share, index) => ({ organizationId, dealId, shareId: `share_${index + 1}`, ...share }))
}

type Deal = Tables["deals"][number]

const stages = [["qualified", 30], ["viewing", 28], ["offer", 18], ["reserved", 12], ["under_contract", 12]] as const

const lostReasons = [
  ["Price too high", 16],
  ["price too high", 6],
  ["PRICE TOO HIGH ", 1],
  ["Chose another agency", 12],
  ["chose another agency", 3],
  ["Financing fell through", 10],
  ["No longer moving", 9],
  ["Found a place privately", 6],
  ["Location", 6],
  ["Unreachable", 6],
  ["unreachable ", 2],
  ["Too small", 4],
  ["Survey", 3],
  ["Timing", 3],
  ["Documents missing", 2],
  ["Seller withdrew", 2],
  ["Duplicate", 1],
  ["", 1],
  [null, 11]
] as const

const priceCents = (random: Random): bigint => {
  const rank = random.fraction()
  const units = 240 + Math.floor(rank * rank * 1_600)
  return BigInt(units) * 50_000n + (random.chance(0.1) ? BigInt(random.integer(1, 49_999)) : 0n)
}

type Commission = Pick<Deal, "commissionMode" | "commissionPercent" | "commissionAmount">

const commission = (random: Random): Commission => {
  const commissionPercent = BigInt(random.integer(8, 20)) * 2_500n
  const commissionAmount = BigInt(random.integer(20, 160)) * 10_000n
  return random.weighted<Commission>([
    [{ commissionMode: "percent", commissionPercent, commissionAmount: null }, 68],
    [{ commissionMode: "fixed", commissionPercent: null, commissionAmount }, 15],
    [{ commissionMode: null, commissionPercent, commissionAmount: null }, 5],
    [{ commissionMode: null, commissionPercent, commissionAmount }, 4],
    [{ commissionMode: "percent", commissionPercent: null, commissionAmount: null }, 3],
    [{ commissionMode: null, commissionPercent: null, commissionAmount: null }, 5]
  ])
}

const outcome = (random: Random, status: string): Deal["status"] => {
  if (status === "client") return random.weighted([["won", 85], ["open", 15]])
  if (status === "potential") return random.weighted([["open", 50], ["lost", 45], ["won", 5]])
  return random.weighted([["lost", 75], ["open", 25]])
}

const shareWithDeals = (status: string): number => status === "client" ? 1 : status === "potential" ? 0.6 : 0.14

const close = (random: Random, createdAt: number, status: string): number | null => {
  const at = later(random, createdAt, 7, 110)
  const draw = random.fraction()
  if (status === "open" || (status === "won" && draw < 0.02)) return null
  return draw > 0.994 ? createdAt - random.integer(1, 5) * aDay : at
}

/** Most open deals that are late have been given a new date. */
const expectedClose = (random: Random, { now }: Organization, createdAt: number, status: string): number | null => {
  if (random.chance(0.3)) return null
  const at = later(random, createdAt, 30, 150)
  const isMoved = status === "open" && at < now && Math.floor(at / 1_000) % 6 !== 0
  return isMoved ? now + (at - createdAt) - 25 * aDay : at
}

const dealOf = (random: Random, organization: Organization, lead: Lead, dealId: string, createdAt: number): Deal => {
  const { currency, otherCurrency } = organization.profile
  const ownerId = handledBy(random, organization, lead, createdAt)
  const reached = outcome(random, lead.status)
  const closesAt = close(random, createdAt, reached)
  const status = closesAt !== null && closesAt > organization.now ? "open" : reached
  return {
    organizationId: lead.organizationId,
    dealId,
    leadId: random.chance(0.02) ? null : lead.leadId,
    ownerId,
    assigneeIds: assignees(random, organization, ownerId, createdAt),
    stage: status === "won" ? "under_contract" : random.weighted(stages),
    status,
    lostReason: status === "lost" ? random.weighted(lostReasons) : null,
    price: random.chance(0.07) ? null : priceCents(random),
    currency: random.chance(0.08) ? otherCurrency : currency,
    ...commission(random),
    createdAt,
    closedAt: status === "open" ? null : closesAt,
    expectedCloseAt: expectedClose(random, organization, createdAt, status)
  }
}

export const deals = (random: Random, organization: Organization, lead: Lead, suffix: string): Tables["deals"] => {
  if (!random.chance(shareWithDeals(lead.status))) return []
  const times = Array.from({ length: random.chance(0.1) ? 2 : 1 }, () => later(random, lead.createdAt, 1, 30))
  return times.filter((at) => at <= organization.now).map((createdAt, index) =>
    dealOf(random, organization, lead, `deal_${suffix}_${index + 1}`, createdAt)
  )
}
