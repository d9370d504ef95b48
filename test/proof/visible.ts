import type { Caller } from "../../src/domain/Caller.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import type { Question } from "../support/ask.ts"

/** Stands for the rows that no member owns or is assigned to. */
const nobody = "~nobody"

/** Computes the people in a caller's scope without the code of the service. The list may contain `~nobody`. */
export const peopleOf = (
  { caller, request: { assigneeIds = [], everyone } }: Question,
  { members }: Tables
): ReadonlyArray<string> => {
  if (caller.role !== "admin") return [caller.userId]
  const colleagues = members.filter(({ organizationId }) => organizationId === caller.organizationId)
  if (everyone === true) return [caller.userId, ...colleagues.map(({ userId }) => userId), nobody]
  if (assigneeIds.length === 0) return [caller.userId]
  return assigneeIds.filter((id) =>
    id === nobody || id === caller.userId || colleagues.some(({ userId }) => userId === id)
  )
}

interface Shared {
  readonly organizationId: string
  readonly ownerId: string | null
  readonly assigneeIds?: ReadonlyArray<string>
}

export interface Seen {
  /** Contains the rows in scope. */
  readonly visible: Tables
  /** Contains all other rows. */
  readonly hidden: Tables
}

type Test<Name extends keyof Tables> = (row: Tables[Name][number]) => boolean
type Tests = { readonly [Name in keyof Tables]: Test<Name> }

const filtered = (tables: Tables, keeps: Tests, isKept: boolean): Tables => {
  const only = <Row>(rows: ReadonlyArray<Row>, test: (row: Row) => boolean) =>
    rows.filter((row) => test(row) === isKept)
  return {
    organizations: only(tables.organizations, keeps.organizations),
    members: only(tables.members, keeps.members),
    tags: only(tables.tags, keeps.tags),
    leads: only(tables.leads, keeps.leads),
    leadStatusSpells: only(tables.leadStatusSpells, keeps.leadStatusSpells),
    deals: only(tables.deals, keeps.deals),
    dealShares: only(tables.dealShares, keeps.dealShares),
    tasks: only(tables.tasks, keeps.tasks),
    calls: only(tables.calls, keeps.calls),
    emails: only(tables.emails, keeps.emails)
  }
}

/** Splits the tables into the rows that these people see, with dependent rows and names, and all other rows. */
export const seenBy = (
  { organizationId, userId }: Caller,
  people: ReadonlyArray<string>,
  tables: Tables,
  members = tables.members
): Seen => {
  const own = members.filter((row) => row.organizationId === organizationId)
  const all = [userId, ...own.map(({ userId }) => userId)]
  const isOfAny = (ids: ReadonlyArray<string>, row: Shared) =>
    ids.some((id) => row.ownerId === id || row.assigneeIds?.includes(id) === true)
  const isTheirs = (row: Shared) =>
    row.organizationId === organizationId &&
    (isOfAny(people, row) || (people.includes(nobody) && !isOfAny(all, row)))
  const leads = tables.leads.filter(isTheirs)
  const leadIds = new Set(leads.map(({ leadId }) => leadId))
  const tagIds = new Set(leads.flatMap((row) => row.tagIds))
  const dealIds = new Set(tables.deals.filter(isTheirs).map(({ dealId }) => dealId))
  const isHere = (row: { readonly organizationId: string }) => row.organizationId === organizationId
  const keeps: Tests = {
    organizations: isHere,
    members: (row) => isHere(row) && (people.includes(nobody) || people.includes(row.userId)),
    tags: (row) => isHere(row) && tagIds.has(row.tagId),
    leads: isTheirs,
    leadStatusSpells: (row) => isHere(row) && leadIds.has(row.leadId),
    deals: isTheirs,
    dealShares: (row) => isHere(row) && dealIds.has(row.dealId),
    tasks: isTheirs,
    calls: isTheirs,
    emails: isTheirs
  }
  return { visible: filtered(tables, keeps, true), hidden: filtered(tables, keeps, false) }
}
