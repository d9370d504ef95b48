import { inOrder } from "./inOrder.ts"

/** Has no foreign key, because the events of a deleted report stay. `details` has no numbers of the CRM. */
const audit = `CREATE TABLE crm_report_audit (
    organization_id text NOT NULL,
    id uuid NOT NULL,
    at timestamptz(3) NOT NULL,
    user_id text NOT NULL,
    with_key boolean NOT NULL,
    action text NOT NULL,
    object text NOT NULL,
    object_id text,
    report_id uuid,
    details jsonb NOT NULL,
    PRIMARY KEY (organization_id, id)
  )`

const indexes = [
  "CREATE INDEX crm_report_audit_at ON crm_report_audit (organization_id, at, id)",
  "CREATE INDEX crm_report_audit_report ON crm_report_audit (organization_id, report_id, at, id)"
]

export default inOrder([audit, ...indexes])
