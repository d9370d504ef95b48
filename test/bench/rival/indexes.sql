-- The best indexes that we know for plain SQL. An index contains all columns that a statement reads.
CREATE INDEX leads_created_at ON crm.leads (organization_id, created_at)
  INCLUDE (owner_id, assignee_ids, status, source, lead_type, first_call_at);
CREATE INDEX leads_owner_created_at ON crm.leads (organization_id, owner_id, created_at)
  INCLUDE (assignee_ids, status, source, lead_type, first_call_at);
CREATE INDEX deals_created_at ON crm.deals (organization_id, created_at)
  INCLUDE (owner_id, assignee_ids, status, stage);
CREATE INDEX deals_owner_created_at ON crm.deals (organization_id, owner_id, created_at)
  INCLUDE (assignee_ids, status, stage);
CREATE INDEX deals_closed_at ON crm.deals (organization_id, closed_at)
  INCLUDE (owner_id, assignee_ids, status, price, currency, created_at) WHERE closed_at IS NOT NULL;
CREATE INDEX deals_owner_closed_at ON crm.deals (organization_id, owner_id, closed_at)
  INCLUDE (assignee_ids, status, price, currency, created_at) WHERE closed_at IS NOT NULL;
CREATE INDEX deals_open ON crm.deals (organization_id, owner_id)
  INCLUDE (assignee_ids, stage, price, currency) WHERE status = 'open';
CREATE INDEX tasks_created_at ON crm.tasks (organization_id, created_at)
  INCLUDE (owner_id, assignee_ids, due_at, completed_at);
CREATE INDEX tasks_owner_created_at ON crm.tasks (organization_id, owner_id, created_at)
  INCLUDE (assignee_ids, due_at, completed_at);
CREATE INDEX tasks_due_at ON crm.tasks (organization_id, due_at)
  INCLUDE (owner_id, assignee_ids, completed_at) WHERE due_at IS NOT NULL;
CREATE INDEX tasks_owner_due_at ON crm.tasks (organization_id, owner_id, due_at)
  INCLUDE (assignee_ids, completed_at) WHERE due_at IS NOT NULL;
CREATE INDEX tasks_completed_at ON crm.tasks (organization_id, completed_at)
  INCLUDE (owner_id, assignee_ids) WHERE completed_at IS NOT NULL;
CREATE INDEX tasks_owner_completed_at ON crm.tasks (organization_id, owner_id, completed_at)
  INCLUDE (assignee_ids) WHERE completed_at IS NOT NULL;
CREATE INDEX calls_started_at ON crm.calls (organization_id, started_at)
  INCLUDE (owner_id, direction, outcome, duration_seconds);
CREATE INDEX calls_owner_started_at ON crm.calls (organization_id, owner_id, started_at)
  INCLUDE (direction, outcome, duration_seconds);
CREATE INDEX emails_sent_at ON crm.emails (organization_id, sent_at) INCLUDE (owner_id, direction);
CREATE INDEX emails_owner_sent_at ON crm.emails (organization_id, owner_id, sent_at) INCLUDE (direction);
CREATE INDEX emails_thread ON crm.emails (organization_id, thread_id, sent_at)
  INCLUDE (owner_id, direction) WHERE thread_id IS NOT NULL;
CREATE INDEX spells_started_at ON crm.lead_status_spells (organization_id, started_at)
  INCLUDE (lead_id, ended_at, status);
CREATE INDEX leads_assignees ON crm.leads USING gin (assignee_ids);
CREATE INDEX deals_assignees ON crm.deals USING gin (assignee_ids);
CREATE INDEX tasks_assignees ON crm.tasks USING gin (assignee_ids);
-- The service also has narrow indexes beside wide ones, because a scan of a narrow index is faster.
CREATE INDEX leads_created_at_narrow ON crm.leads (organization_id, created_at)
  INCLUDE (owner_id, assignee_ids, status);
CREATE INDEX leads_owner_created_at_narrow ON crm.leads (organization_id, owner_id, created_at)
  INCLUDE (assignee_ids, status);
CREATE INDEX deals_closed_at_narrow ON crm.deals (organization_id, closed_at)
  INCLUDE (owner_id, assignee_ids, status) WHERE closed_at IS NOT NULL;
CREATE INDEX deals_owner_closed_at_narrow ON crm.deals (organization_id, owner_id, closed_at)
  INCLUDE (assignee_ids, status) WHERE closed_at IS NOT NULL;
-- The commission breakdown finds shares with this index.
CREATE INDEX deal_shares_paid ON crm.deal_shares (organization_id, deal_id, party)
  INCLUDE (mode, percent, amount);
