import type { Tables } from "../../src/metrics/crm.ts"
import type { Question } from "../support/ask.ts"
import { seenBy } from "./visible.ts"

const strange = <Id extends string | null>(id: Id) => id === null ? null : `${id} of a stranger`

/** Renames the ids of all rows, so that no other store has them. */
const renamed = (tables: Tables): Tables => ({
  ...tables,
  leads: tables.leads.map((row) => ({ ...row, leadId: `${row.leadId} of a stranger` })),
  leadStatusSpells: tables.leadStatusSpells.map((row) => ({ ...row, leadId: `${row.leadId} of a stranger` })),
  deals: tables.deals.map((row) => ({ ...row, dealId: `${row.dealId} of a stranger`, leadId: strange(row.leadId) })),
  dealShares: tables.dealShares.map((row) => ({ ...row, dealId: `${row.dealId} of a stranger` })),
  tasks: tables.tasks.map((row) => ({ ...row, taskId: `${row.taskId} of a stranger` })),
  calls: tables.calls.map((row) => ({ ...row, callId: `${row.callId} of a stranger` })),
  emails: tables.emails.map((row) => ({ ...row, emailId: `${row.emailId} of a stranger` }))
})

/** Mixes the visible rows of one store with the hidden rows of another. */
export const amongStrangers = (
  { caller, request: { assigneeIds = [], everyone = false } }: Question,
  people: ReadonlyArray<string>,
  visible: Tables,
  others: Tables
): Tables => {
  const { hidden } = seenBy(caller, people, renamed(others), visible.members)
  const isElsewhere = (row: { readonly organizationId: string }) => row.organizationId !== caller.organizationId
  const hasAllMembers = everyone || assigneeIds.includes("~nobody")
  const tagIds = new Set(visible.leads.flatMap((lead) => lead.tagIds))
  return {
    organizations: [...visible.organizations, ...hidden.organizations.filter(isElsewhere)],
    members: [
      ...visible.members,
      ...hidden.members.filter((row) => isElsewhere(row) || !(hasAllMembers || assigneeIds.includes(row.userId)))
    ],
    tags: [...visible.tags, ...hidden.tags.filter((row) => isElsewhere(row) || !tagIds.has(row.tagId))],
    leads: [...hidden.leads, ...visible.leads],
    leadStatusSpells: [...hidden.leadStatusSpells, ...visible.leadStatusSpells],
    deals: [...hidden.deals, ...visible.deals],
    dealShares: [...hidden.dealShares, ...visible.dealShares],
    tasks: [...hidden.tasks, ...visible.tasks],
    calls: [...hidden.calls, ...visible.calls],
    emails: [...hidden.emails, ...visible.emails]
  }
}
