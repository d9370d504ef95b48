import { inOrder } from "./inOrder.ts"

const statements = [
  `CREATE TABLE crm_reports (
    organization_id text NOT NULL,
    id uuid NOT NULL,
    owner_id text NOT NULL,
    title text NOT NULL,
    description text,
    visibility text NOT NULL CHECK (visibility IN ('private', 'organization')),
    layout json NOT NULL,
    default_timeframe json NOT NULL,
    version integer NOT NULL,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    PRIMARY KEY (organization_id, id)
  )`,
  // With this index, PostgreSQL finds a page of reports, and counts all reports, without reading the table.
  `CREATE INDEX crm_reports_updated_at ON crm_reports
    (organization_id, updated_at DESC, id) INCLUDE (owner_id, visibility)`
]

export default inOrder(statements)
