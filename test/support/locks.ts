import { Effect, Redacted } from "effect"
import { Client } from "pg"
import { eventually } from "./eventually.ts"

const connected = (url: Redacted.Redacted) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const client = new Client(Redacted.value(url))
      client.on("error", () => {})
      await client.connect()
      return client
    }),
    (client) => Effect.promise(() => client.end().catch(() => {}))
  )

/** Locks the tables until the scope closes, so that every statement that reads them waits. */
export const holding = (url: Redacted.Redacted, tables: string) =>
  Effect.flatMap(connected(url), (client) =>
    Effect.promise(async () => {
      await client.query("BEGIN")
      await client.query(`LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`)
    }))

/** Returns the process ids of the service's backends that wait for a lock in this database. */
export const waitingOn = (url: Redacted.Redacted) =>
  Effect.scoped(Effect.flatMap(connected(url), (client) =>
    Effect.promise(async (): Promise<ReadonlyArray<number>> => {
      const { rows } = await client.query(
        `SELECT pid FROM pg_stat_activity
        WHERE application_name = 'crm-reports' AND wait_event_type = 'Lock' AND datname = current_database()`
      )
      return rows.map(({ pid }) => Number(pid))
    })))

/** Waits until at least this number of the service's backends wait for a lock. */
export const waiters = (url: Redacted.Redacted, count = 1) =>
  eventually(waitingOn(url), ({ length }) => length >= count)

/** Waits until no backend of the service waits for a lock. */
export const nobodyWaits = (url: Redacted.Redacted) => eventually(waitingOn(url), ({ length }) => length === 0)

export const say = (url: Redacted.Redacted, statement: string) =>
  Effect.scoped(Effect.flatMap(connected(url), (client) => Effect.promise(() => client.query(statement))))

/** Runs a statement in a transaction, and returns the effect that commits it. */
export const begun = (url: Redacted.Redacted, statement: string) =>
  Effect.flatMap(connected(url), (client) =>
    Effect.promise(async () => {
      await client.query("BEGIN")
      await client.query(statement)
      return Effect.promise(() => client.query("COMMIT"))
    }))
