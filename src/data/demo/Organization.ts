import type { leadsTable } from "../../metrics/crm.ts"
import type { RowOf } from "../../metrics/Table.ts"
import type { DemoOrganization } from "../demoOrganizations.ts"
import type { Random } from "../Random.ts"

export const aDay = 86_400_000

export const daysOpen = 730

export type Lead = RowOf<typeof leadsTable>

export interface Organization {
  readonly profile: DemoOrganization
  readonly seed: number
  readonly now: number
  readonly leads: number
  readonly tagIds: readonly [string, ...ReadonlyArray<string>]
}

const worksAt = (organization: Organization, userId: string, at: number): boolean => {
  const person = organization.profile.people.find((person) => person.userId === userId)
  return person?.leftDaysAgo === undefined || at < organization.now - person.leftDaysAgo * aDay
}

export const colleague = (random: Random, organization: Organization, at: number): string => {
  const { people } = organization.profile
  const place = random.fraction()
  const person = people[Math.floor(place * Math.sqrt(place) * people.length)] ?? people[0]
  return worksAt(organization, person.userId, at) ? person.userId : people[0].userId
}

export const handledBy = (random: Random, organization: Organization, lead: Lead, at: number): string | null => {
  const other = colleague(random, organization, at)
  const draw = random.fraction()
  if (draw < 0.02) return null
  return draw < 0.12 || lead.ownerId === null || !worksAt(organization, lead.ownerId, at) ? other : lead.ownerId
}

export const assignees = (
  random: Random,
  organization: Organization,
  ownerId: string | null,
  at: number
): ReadonlyArray<string> => {
  if (random.chance(0.72)) return []
  const others = Array.from(
    { length: random.weighted([[1, 6], [2, 3], [3, 1]]) },
    () => colleague(random, organization, at)
  )
  const listed = ownerId !== null && random.chance(0.15) ? [ownerId, ...others] : others
  return [...new Set(listed)]
}
