import { inOrder } from "./inOrder.ts"

/** With this index, a replica reads the deals of a changed lead without reading all deals of the organization. */
const dealsOfLead = `CREATE INDEX IF NOT EXISTS deals_lead ON crm.deals (organization_id, lead_id)
  WHERE lead_id IS NOT NULL`

export default inOrder([dealsOfLead])
