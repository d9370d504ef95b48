import type { leadsTable } from "../../metrics/crm.ts"
import type { RowOf } from "../../metrics/Table.ts"
import type { DemoOrganization } from "../demoOrganizations.ts"
import type { Random } from "../Random.ts"

export const aDay = 86_400_000

/** How far back the rows go. */
export const daysOpen = 730

export type Lead = RowOf<typeof leadsTable>

/** An organization at work: what the stories of its leads are drawn from. */
export interface Office {
  readonly organization: DemoOrganization
  readonly seed: number
  readonly now: number
  readonly leads: number
  readonly tagIds: readonly [string, ...ReadonlyArray<string>]
}

const worksAt = (office: Office, userId: string, at: number): boolean => {
  const person = office.organization.people.find((person) => person.userId === userId)
  return person?.leftDaysAgo === undefined || at < office.now - person.leftDaysAgo * aDay
}

/** Somebody who works there at the time; the first ones are busier. */
export const colleague = (random: Random, office: Office, at: number): string => {
  const { people } = office.organization
  const place = random.fraction()
  const person = people[Math.floor(place * Math.sqrt(place) * people.length)] ?? people[0]
  return worksAt(office, person.userId, at) ? person.userId : people[0].userId
}

/** Mostly the lead's owner, now and then somebody else or nobody. */
export const handledBy = (random: Random, office: Office, lead: Lead, at: number): string | null => {
  const other = colleague(random, office, at)
  const draw = random.fraction()
  if (draw < 0.02) return null
  return draw < 0.12 || lead.ownerId === null || !worksAt(office, lead.ownerId, at) ? other : lead.ownerId
}

/** Others beside the owner; the owner is sometimes listed again. */
export const assignees = (
  random: Random,
  office: Office,
  ownerId: string | null,
  at: number
): ReadonlyArray<string> => {
  if (random.chance(0.72)) return []
  const others = Array.from({ length: random.weighted([[1, 6], [2, 3], [3, 1]]) }, () => colleague(random, office, at))
  const listed = ownerId !== null && random.chance(0.15) ? [ownerId, ...others] : others
  return [...new Set(listed)]
}
