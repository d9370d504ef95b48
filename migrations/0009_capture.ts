import { inOrder } from "./inOrder.ts"

/** At the time of this migration, replicas read these tables. */
const tables = ["leads", "deals", "tasks", "calls", "emails", "tags"].map((table) => `crm.${table}`).join(", ")

/** The table is unlogged and has its own schema, so that no publication contains it. */
const created = [
  "CREATE SCHEMA crm_capture",
  `CREATE UNLOGGED TABLE crm_capture.changes (
    organization_id text NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    change_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    relation text NOT NULL,
    weight smallint NOT NULL,
    image json NOT NULL,
    PRIMARY KEY (organization_id, xid, change_id)
  )`
]

/** Each attempt waits only milliseconds for the locks, so that writers never wait long. */
const dropped = `DO $$
  DECLARE pause double precision := 0.05;
  BEGIN
    WHILE to_regclass('crm.changes') IS NOT NULL LOOP
      BEGIN
        SET LOCAL lock_timeout = '10ms';
        LOCK TABLE ${tables}, crm.changes IN ACCESS EXCLUSIVE MODE;
        DROP FUNCTION IF EXISTS crm.log_change() CASCADE;
        DROP TABLE crm.changes;
      EXCEPTION WHEN lock_not_available THEN
        IF pause > 10 THEN RAISE EXCEPTION 'a transaction holds a CRM table: end it, and start again'; END IF;
        PERFORM pg_sleep(pause);
        pause := pause * 1.5;
      END;
    END LOOP;
    SET LOCAL lock_timeout = DEFAULT;
  END $$`

/** Older versions of the service try to create a trigger function with this name. This function makes them fail. */
const refused = "CREATE FUNCTION crm.log_change() RETURNS void LANGUAGE sql AS 'SELECT'"

export default inOrder([...created, dropped, refused])
