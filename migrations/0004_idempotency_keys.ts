import { inOrder } from "./inOrder.ts"

const statements = [
  // `id` is a hash of person, endpoint and key. `status` is null until the request has been answered.
  `CREATE TABLE crm_report_idempotency_keys (
    organization_id text NOT NULL,
    id text NOT NULL,
    fingerprint text NOT NULL,
    holder uuid NOT NULL,
    claimed_at timestamptz(3) NOT NULL,
    status integer,
    etag text,
    body text,
    PRIMARY KEY (organization_id, id)
  )`,
  `CREATE INDEX crm_report_idempotency_keys_claimed_at ON crm_report_idempotency_keys (organization_id, claimed_at)`
]

export default inOrder(statements)
