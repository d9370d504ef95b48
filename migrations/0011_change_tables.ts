import { inOrder } from "./inOrder.ts"

/** The triggers of these tables wrote the former change log. */
const captured = ["leads", "deals", "tasks", "calls", "emails", "tags"].map((table) => `crm.${table}`).join(", ")

/** Each attempt waits only milliseconds for the locks, so that writers never wait long. */
const dropped = `DO $$
  DECLARE pause double precision := 0.05;
  BEGIN
    WHILE to_regclass('crm_capture.changes') IS NOT NULL LOOP
      BEGIN
        SET LOCAL lock_timeout = '10ms';
        IF to_regproc('crm_capture.log_change') IS NOT NULL THEN
          LOCK TABLE ${captured} IN ACCESS EXCLUSIVE MODE;
        END IF;
        LOCK TABLE crm_capture.changes IN ACCESS EXCLUSIVE MODE;
        DROP FUNCTION IF EXISTS crm_capture.log_change() CASCADE;
        DROP TABLE crm_capture.changes;
      EXCEPTION WHEN lock_not_available THEN
        IF pause > 10 THEN RAISE EXCEPTION 'a transaction holds a CRM table: end it, and start again'; END IF;
        PERFORM pg_sleep(pause);
        pause := pause * 1.5;
      END;
    END LOOP;
    SET LOCAL lock_timeout = DEFAULT;
  END $$`

/** Older versions of the service try to create a trigger function with this name. This function makes them fail. */
const refused = "CREATE FUNCTION crm_capture.log_change() RETURNS void LANGUAGE sql AS 'SELECT'"

const parent = `CREATE UNLOGGED TABLE crm_capture.changes (
    organization_id text,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    weight smallint NOT NULL
  )`

const assignees = "owner_id text, assignee_ids text[]"
const commission = "commission_mode text, commission_percent numeric, commission_amount numeric"

/** The types have no length or precision, so that any value can be logged. */
const columns = {
  organizations: "name text, time_zone text, week_start integer, currency text",
  members: "user_id text, name text, left_at timestamptz",
  tags: "tag_id uuid, name text, color text, archived_at timestamptz",
  leads: `lead_id text, ${assignees}, tag_ids uuid[], lead_type text, source text, status text, created_at timestamptz,
    first_call_at timestamptz`,
  lead_status_spells: "lead_id text, status text, started_at timestamptz, ended_at timestamptz",
  deals: `deal_id text, lead_id text, ${assignees}, stage text, status text, lost_reason text, price numeric,
    currency text, ${commission}, created_at timestamptz, closed_at timestamptz, expected_close_at timestamptz`,
  deal_shares: `deal_id text, share_id text, party text, user_id text, name text, mode text, percent numeric,
    amount numeric`,
  tasks: `task_id text, lead_id text, ${assignees}, created_at timestamptz, due_at timestamptz,
    completed_at timestamptz`,
  calls: `call_id text, lead_id text, owner_id text, direction text, outcome text, duration_seconds integer,
    started_at timestamptz`,
  emails: "email_id text, lead_id text, owner_id text, thread_id text, direction text, sent_at timestamptz"
}

/** Triggers write only the columns that metrics use. The other columns are for later metrics. */
const childOf = ([table, of]: readonly [string, string]) => [
  `CREATE UNLOGGED TABLE crm_capture.${table}_changes (${of}) INHERITS (crm_capture.changes)`,
  `CREATE INDEX ${table}_changes_xid ON crm_capture.${table}_changes (organization_id, xid)`
]

export default inOrder([dropped, refused, parent, ...Object.entries(columns).flatMap(childOf)])
