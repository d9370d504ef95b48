import { inOrder } from "./inOrder.ts"

/** Only the development sign-in uses this table. In production, Clerk stores the keys. */
const keys = `CREATE TABLE crm_report_keys (
    organization_id text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    scopes text[] NOT NULL,
    created_by text NOT NULL,
    secret_hash text NOT NULL,
    created_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3),
    PRIMARY KEY (organization_id, id)
  )`

export default inOrder([keys])
