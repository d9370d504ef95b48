import { inOrder } from "./inOrder.ts"

const statements = [
  `CREATE TABLE crm_report_stage_weights (
    organization_id text PRIMARY KEY,
    weights jsonb NOT NULL
  )`,
  // The owner of a target is a person or "organization". Filters may be too long for an index, so it has their hash.
  `CREATE TABLE crm_report_targets (
    organization_id text NOT NULL,
    id uuid NOT NULL,
    metric_id text NOT NULL,
    filters jsonb NOT NULL,
    filters_hash text NOT NULL,
    owner text NOT NULL,
    period text NOT NULL CHECK (period IN ('month', 'quarter', 'year')),
    period_values jsonb NOT NULL,
    currency text,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    PRIMARY KEY (organization_id, id)
  )`,
  `CREATE UNIQUE INDEX crm_report_targets_of_owner ON crm_report_targets
    (organization_id, metric_id, owner, period, filters_hash)`
]

export default inOrder(statements)
