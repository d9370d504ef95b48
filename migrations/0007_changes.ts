import { inOrder } from "./inOrder.ts"

/** Migration 0009 replaces this change log. */
const changes = `CREATE TABLE crm.changes (
    organization_id text NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    change_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    relation text NOT NULL,
    weight smallint NOT NULL,
    image jsonb NOT NULL,
    PRIMARY KEY (organization_id, xid, change_id)
  )`

export default inOrder([changes])
