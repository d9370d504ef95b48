import { inOrder } from "./inOrder.ts"

/** Every transaction with a number below `xid` had ended at this time. The table is unlogged, as the change log is. */
const marks = `CREATE UNLOGGED TABLE crm_capture.cleanup_marks (
    server text NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_snapshot_xmin(pg_current_snapshot()),
    made_at timestamptz NOT NULL DEFAULT clock_timestamp()
  )`

export default inOrder([marks])
