import { inOrder } from "./inOrder.ts"

/** The processes of the service share the secret of an organization. It signs cursors. */
const secrets = `CREATE TABLE crm_report_secrets (
    organization_id text PRIMARY KEY,
    secret text NOT NULL
  )`

export default inOrder([secrets])
