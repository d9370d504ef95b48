import { inOrder } from "./inOrder.ts"

/**
 * `looked` is the state of the change log that the last judgement of the alerts has seen. A process that judges them sets
 * `claim`, and moves `visible_at` on.
 */
const looks = `CREATE TABLE crm_report_alert_looks (
    organization_id text NOT NULL,
    looked text,
    visible_at timestamptz(3) NOT NULL,
    claim uuid,
    PRIMARY KEY (organization_id)
  )`

export default inOrder([looks])
