import { deals, leads } from "./crm.ts"
import { is, isAnyOf } from "./Measure.ts"
import type { Field } from "./Table.ts"

const ofLead = <F extends Field>(field: F, name: string, label: string): F => ({ ...field, name, label, ofLead: field })

/** The lead behind a deal. A lead that the caller may not see, or that does not exist, has no values. */
export const leadBehind = {
  source: ofLead(leads.source, "leadSource", "Lead source"),
  type: ofLead(leads.leadType, "leadType", "Lead type"),
  tagIds: ofLead(leads.tagIds, "leadTagIds", "Lead tag"),
  seenBy: {
    owner: ofLead(leads.ownerId, "leadOwnerId", "Lead owner"),
    assignees: ofLead(leads.assigneeIds, "leadAssigneeIds", "Lead assignees")
  }
}

export const won = is(deals.status, "won")
export const lost = is(deals.status, "lost")
export const closed = isAnyOf(deals.status, ["won", "lost"])
export const open = is(deals.status, "open")

export const dominant = { currency: deals.currency, price: deals.price }

/** Filters by the lead behind a deal. */
export const filters = { leadSource: leadBehind.source, leadTag: leadBehind.tagIds, leadType: leadBehind.type }
export const byLead = { leadSource: leadBehind.source, leadType: leadBehind.type }

export const wonDeals = { from: deals.population, where: won, at: deals.closedAt }
export const wonFiltered = { ...wonDeals, filters }
export const closedDeals = { from: deals.population, where: closed, at: deals.closedAt, filters }
export const openDeals = { from: deals.population, where: open, filters }
