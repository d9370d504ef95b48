import type { Tables } from "../../metrics/crm.ts"
import type { Random } from "../Random.ts"
import { colleague, type Organization } from "./Organization.ts"

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
