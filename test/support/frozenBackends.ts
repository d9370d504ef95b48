import { Effect, type Redacted } from "effect"
import { begun, say, waitingOn } from "./locks.ts"
import { signalled } from "./signalled.ts"

/** Makes every access query of this organization wait until the returned effect runs. */
export const hanging = Effect.fnUntraced(function*(url: Redacted.Redacted, organizationId: string) {
  yield* say(
    url,
    `INSERT INTO crm.members (organization_id, user_id, name) VALUES ('${organizationId}', 'user_1', 'Ana');
    CREATE FUNCTION waits(organization_id text) RETURNS boolean COST 100000 LANGUAGE plpgsql AS $$
    BEGIN
      IF organization_id = '${organizationId}' THEN PERFORM pg_advisory_xact_lock_shared(1); END IF;
      RETURN true;
    END $$;
    ALTER TABLE crm.members RENAME TO all_members;
    CREATE VIEW crm.members AS SELECT * FROM crm.all_members m WHERE waits(m.organization_id)`
  )
  return yield* begun(url, "SELECT pg_advisory_xact_lock(1)")
})

/** `freeze` stops the backends of the service that wait for a lock. `thaw` lets them continue. */
export const freezer = Effect.fnUntraced(function*(url: Redacted.Redacted) {
  const frozen = new Set<number>()
  const thaw = Effect.sync(() => {
    for (const pid of frozen) signalled(pid, "SIGCONT")
  })
  yield* Effect.addFinalizer(() => thaw)
  const freeze = Effect.map(waitingOn(url), (pids) => {
    for (const pid of pids) {
      if (!frozen.has(pid) && signalled(pid, "SIGSTOP")) frozen.add(pid)
    }
    return frozen.size
  })
  return { freeze, thaw }
})
