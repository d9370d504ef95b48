import { Data, Effect, Redacted } from "effect"
import { Client } from "pg"
import type { Written } from "./transactions.ts"

/** A statement waits only briefly for a row lock, because a held transaction waits for other writers. */
const settings = "SET lock_timeout = '300ms'; SET deadlock_timeout = '100ms'; SET synchronous_commit = off"

let prepared = 0

interface Outcome {
  /** The transaction id is undefined if the transaction was not committed. */
  readonly xid: string | undefined
  readonly error: ReadonlyArray<string>
}

const notCommitted: Outcome = { xid: undefined, error: [] }

class Refused extends Data.TaggedError("Refused")<{ readonly cause: unknown }> {}

const outcomeOf = ({ cause }: Refused): Outcome => ({
  xid: undefined,
  error: [cause instanceof Error ? cause.message.replaceAll(/"[^"]*"/g, "…") : String(cause)]
})

type Hold = Effect.Effect<void>

/** Returns a function that sends a transaction. It runs `hold` while the transaction is held open or prepared. */
const writeBy = (client: Client) => {
  const send = (text: string) =>
    Effect.tryPromise({ try: () => client.query<{ xid?: string }>(text), catch: (cause) => new Refused({ cause }) })

  return (written: Written, hold: Hold) =>
    Effect.gen(function*() {
      const { ending, isHeld, statements } = written
      yield* send("BEGIN")
      const { rows: [row] } = yield* send("SELECT pg_current_xact_id()::text AS xid")
      for (const statement of statements) {
        yield* send(statement)
        if (isHeld) yield* hold
      }
      const committed: Outcome = { xid: row?.xid, error: [] }
      if (ending !== "prepare") {
        yield* send(ending)
        return ending === "commit" ? committed : notCommitted
      }
      const name = `churn${prepared++}`
      yield* send(`PREPARE TRANSACTION '${name}'`)
      yield* hold
      yield* send(`COMMIT PREPARED '${name}'`)
      return committed
    }).pipe(
      Effect.catchTag("Refused", (refused) => Effect.as(Effect.orDie(send("ROLLBACK")), outcomeOf(refused)))
    )
}

export const makeWriter = (url: Redacted.Redacted) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(async () => {
        const client = new Client(Redacted.value(url))
        await client.connect()
        await client.query(settings)
        return client
      }),
      (client) => Effect.promise(() => client.end())
    ),
    (client) => ({ write: writeBy(client) })
  )
