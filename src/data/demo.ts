import type { Tables } from "../metrics/crm.ts"
import { lead, type LeadTables } from "./demo/lead.ts"
import { aDay, type Organization } from "./demo/Organization.ts"
import { type Demo, organizationsOf, tagNames } from "./demo/organizations.ts"

const foundation = ({ now, profile, tagIds }: Organization): Omit<Tables, keyof LeadTables> => {
  const { organizationId } = profile
  const colors = ["red", "amber", "green", "teal", "blue", "violet", "pink", "slate"]
  return {
    organizations: [{
      organizationId,
      name: profile.name,
      timeZone: profile.timeZone,
      weekStart: profile.weekStart,
      currency: profile.currency
    }],
    members: profile.people.map(({ leftDaysAgo, name, userId }) => ({
      organizationId,
      userId,
      name,
      leftAt: leftDaysAgo === undefined ? null : now - leftDaysAgo * aDay
    })),
    tags: tagIds.map((tagId, index) => ({
      organizationId,
      tagId,
      name: tagNames[index] ?? tagId,
      color: colors[index] ?? "slate",
      archivedAt: index === tagIds.length - 1 ? now - 200 * aDay : null
    }))
  }
}

const none: Omit<Tables, keyof LeadTables> = { organizations: [], members: [], tags: [] }

const joined = (parts: ReadonlyArray<LeadTables>): LeadTables => ({
  leads: parts.flatMap((part) => part.leads),
  leadStatusSpells: parts.flatMap((part) => part.leadStatusSpells),
  deals: parts.flatMap((part) => part.deals),
  dealShares: parts.flatMap((part) => part.dealShares),
  tasks: parts.flatMap((part) => part.tasks),
  calls: parts.flatMap((part) => part.calls),
  emails: parts.flatMap((part) => part.emails)
})

const leadsOf = (organization: Organization, from: number, to: number): LeadTables =>
  joined(
    Array.from({ length: Math.min(to, organization.leads) - from }, (_, index) => lead(organization, from + index))
  )

export function* demoParts(demo: Demo, leadsInAPart: number): Generator<Tables> {
  for (const organization of organizationsOf(demo)) {
    yield { ...foundation(organization), ...leadsOf(organization, 0, leadsInAPart) }
    for (let from = leadsInAPart; from < organization.leads; from += leadsInAPart) {
      yield { ...none, ...leadsOf(organization, from, from + leadsInAPart) }
    }
  }
}

export const demoTables = (demo: Demo): Tables => {
  const parts = [...demoParts(demo, demo.leads)]
  return {
    organizations: parts.flatMap((part) => part.organizations),
    members: parts.flatMap((part) => part.members),
    tags: parts.flatMap((part) => part.tags),
    ...joined(parts)
  }
}
