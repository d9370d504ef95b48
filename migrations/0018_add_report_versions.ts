import { inOrder } from "./inOrder.ts"

/** The former versions of reports. A report is its own newest version. `definition` has every field that a PATCH can change. */
const versions = `CREATE TABLE crm_report_versions (
    organization_id text NOT NULL,
    report_id uuid NOT NULL,
    version integer NOT NULL,
    definition json NOT NULL,
    saved_at timestamptz(3) NOT NULL,
    replaced_by text NOT NULL,
    PRIMARY KEY (organization_id, report_id, version)
  )`

export default inOrder([versions])
