import { leads } from "./crm.ts"
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
