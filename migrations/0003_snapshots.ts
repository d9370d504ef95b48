import { inOrder } from "./inOrder.ts"

const statements = [
  `CREATE TABLE crm_report_snapshots (
    organization_id text NOT NULL,
    id uuid NOT NULL,
    report_id uuid NOT NULL,
    title text NOT NULL,
    layout json NOT NULL,
    timeframe json NOT NULL,
    series json NOT NULL,
    frozen_as text NOT NULL CHECK (frozen_as IN ('admin', 'member')),
    assignee_ids text[] NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    content_hash text NOT NULL,
    schema_version integer NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, report_id) REFERENCES crm_reports (organization_id, id) ON DELETE CASCADE
  )`,
  `CREATE INDEX crm_report_snapshots_created_at ON crm_report_snapshots
    (organization_id, report_id, created_at DESC, id) INCLUDE (created_by, frozen_as)`,
  `CREATE INDEX crm_report_snapshots_expires_at ON crm_report_snapshots (organization_id, expires_at)`
]

export default inOrder(statements)
