import { costa, type DemoOrganization, type DemoPerson, harbor } from "../demoOrganizations.ts"
import { random, seedOf } from "../Random.ts"
import type { Organization } from "./Organization.ts"

const small = 20_000
const peopleWhenLarge = 40
const branches = 39

const extraPerson = (_: unknown, index: number): DemoPerson => ({
  userId: `user_agent_${index + 1}`,
  name: `Agent ${index + 1}`,
  role: "member"
})

const grown: DemoOrganization = {
  ...costa,
  people: [...costa.people, ...Array.from({ length: peopleWhenLarge - costa.people.length }, extraPerson)]
}

const branch = (_: unknown, index: number): DemoOrganization => ({
  ...harbor,
  organizationId: `org_branch_${String(index + 1).padStart(2, "0")}`,
  name: `Harbor Realty ${index + 1}`
})

const branchOrganizations = Array.from({ length: branches }, branch)

export const demoOrganizationIds: ReadonlyArray<string> = [costa, harbor, ...branchOrganizations].map((organization) =>
  organization.organizationId
)

const hex = "0123456789abcdef"

const tagIdOf = (seed: number, index: number): string => {
  const chance = random(seedOf(seed, index))
  const digits = (count: number) => Array.from({ length: count }, () => hex[chance.integer(0, 15)]).join("")
  return `${digits(8)}-${digits(4)}-4${digits(3)}-a${digits(3)}-${digits(12)}`
}

export interface Demo {
  readonly seed: number
  readonly now: number
  readonly leads: number
}

export const tagNames = [
  "Hot",
  "Investor",
  "First home",
  "Cash buyer",
  "Sea view",
  "VIP",
  "Open day",
  "Fair 2019"
] as const

const sharesOf = (leads: number): ReadonlyArray<readonly [DemoOrganization, number]> => {
  if (leads <= small) {
    const inHarbor = Math.floor(leads * 0.3)
    return [[costa, leads - inHarbor], [harbor, inHarbor]]
  }
  const half = Math.floor(leads / 2)
  const each = Math.floor(half / (branches + 1))
  return [
    [grown, leads - half],
    [harbor, half - each * branches],
    ...branchOrganizations.map((organization) => [organization, each] as const)
  ]
}

export const organizationsOf = ({ leads, now, seed }: Demo): ReadonlyArray<Organization> =>
  sharesOf(leads).map(([organization, count], index) => {
    const own = seedOf(seed, index)
    const [first, ...others] = tagNames.map((_, tag) => tagIdOf(own, -tag - 1))
    return { profile: organization, seed: own, now, leads: count, tagIds: [first ?? "", ...others] }
  })
