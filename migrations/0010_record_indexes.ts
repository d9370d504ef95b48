import { inOrder } from "./inOrder.ts"

/** With this index, PostgreSQL reads a page of spells in order of time, without sorting. */
const spells = `CREATE INDEX IF NOT EXISTS lead_status_spells_started_at ON crm.lead_status_spells
  (organization_id, started_at) INCLUDE (lead_id, status, ended_at)`

/** This index finds the first email of a thread and the reply to it. */
const threads = `CREATE INDEX IF NOT EXISTS emails_thread ON crm.emails
  (organization_id, thread_id, sent_at) INCLUDE (owner_id, direction) WHERE thread_id IS NOT NULL`

export default inOrder([spells, threads])
