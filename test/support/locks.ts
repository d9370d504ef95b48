import { Effect, Redacted } from "effect"
import { Client } from "pg"

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

/** While the scope is open, whoever asks these tables waits. */
export const holding = (url: Redacted.Redacted, tables: string) =>
  Effect.flatMap(connected(url), (client) =>
    Effect.promise(async () => {
      await client.query("BEGIN")
      await client.query(`LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`)
    }))

/** The backends of the service that wait for a lock. */
export const waitingOn = (url: Redacted.Redacted) =>
  Effect.scoped(Effect.flatMap(connected(url), (client) =>
    Effect.promise(async (): Promise<ReadonlyArray<number>> => {
      const { rows } = await client.query(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'crm-reports' AND wait_event_type = 'Lock'"
      )
      return rows.map(({ pid }) => Number(pid))
    })))

export const say = (url: Redacted.Redacted, statement: string) =>
  Effect.scoped(Effect.flatMap(connected(url), (client) => Effect.promise(() => client.query(statement))))

/** Says it in a transaction, which gives how to end it. */
export const begun = (url: Redacted.Redacted, statement: string) =>
  Effect.flatMap(connected(url), (client) =>
    Effect.promise(async () => {
      await client.query("BEGIN")
      await client.query(statement)
      return Effect.promise(() => client.query("COMMIT"))
    }))
