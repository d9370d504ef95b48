import type { Tables } from "../metrics/crm.ts"
import { leadStory, type Story } from "./demo/leadStory.ts"
import { aDay, type Office } from "./demo/Office.ts"
import { type Demo, officesOf, tagNames } from "./demo/offices.ts"

const opening = ({ now, organization, tagIds }: Office): Omit<Tables, keyof Story> => {
  const { organizationId } = organization
  const colors = ["red", "amber", "green", "teal", "blue", "violet", "pink", "slate"]
  return {
    organizations: [{
      organizationId,
      name: organization.name,
      timeZone: organization.timeZone,
      weekStart: organization.weekStart,
      currency: organization.currency
    }],
    members: organization.people.map(({ leftDaysAgo, name, userId }) => ({
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

const none: Omit<Tables, keyof Story> = { organizations: [], members: [], tags: [] }

const joined = (stories: ReadonlyArray<Story>): Story => ({
  leads: stories.flatMap((story) => story.leads),
  leadStatusSpells: stories.flatMap((story) => story.leadStatusSpells),
  deals: stories.flatMap((story) => story.deals),
  dealShares: stories.flatMap((story) => story.dealShares),
  tasks: stories.flatMap((story) => story.tasks),
  calls: stories.flatMap((story) => story.calls),
  emails: stories.flatMap((story) => story.emails)
})

const storiesOf = (office: Office, from: number, to: number): Story =>
  joined(Array.from({ length: Math.min(to, office.leads) - from }, (_, index) => leadStory(office, from + index)))

/** The demo organizations part by part, so that a million leads never stand in memory at once. */
export function* demoParts(demo: Demo, leadsInAPart: number): Generator<Tables> {
  for (const office of officesOf(demo)) {
    yield { ...opening(office), ...storiesOf(office, 0, leadsInAPart) }
    for (let from = leadsInAPart; from < office.leads; from += leadsInAPart) {
      yield { ...none, ...storiesOf(office, from, from + leadsInAPart) }
    }
  }
}

/** Two years of the demo organizations, the same for the same seed and time. */
export const demoTables = (demo: Demo): Tables => {
  const parts = [...demoParts(demo, demo.leads)]
  return {
    organizations: parts.flatMap((part) => part.organizations),
    members: parts.flatMap((part) => part.members),
    tags: parts.flatMap((part) => part.tags),
    ...joined(parts)
  }
}
