import { PgConnection } from "@effect/sql-pg"
import { Effect, type Redacted } from "effect"

export type Pooler = "none" | "usable" | "forgets statements" | "refuses transactions"

const statement = "SELECT 1 AS kept"

const began = (session: PgConnection.PgConnection) => session.query("BEGIN", [], false)

/** `other` holds one server connection of the pooler, so `session` must get another one. */
const keeping = Effect.fnUntraced(function*(session: PgConnection.PgConnection, other: PgConnection.PgConnection) {
  yield* session.query(statement)
  yield* began(other)
  const found = Effect.andThen(began(session), session.query(statement))
  return yield* found.pipe(
    Effect.match({ onFailure: (): Pooler => "forgets statements", onSuccess: (): Pooler => "usable" }),
    // If the pooler has only one server connection, this query waits, and the pooler is usable.
    Effect.timeoutOrElse({ duration: "2 seconds", orElse: () => Effect.succeed<Pooler>("usable") })
  )
})

/** Behind a pooler, `processId` of the session differs from `pg_backend_pid()`. */
export const poolerAt = (url: Redacted.Redacted) =>
  Effect.scoped(Effect.gen(function*() {
    const [session, other] = yield* Effect.all([PgConnection.make({ url }), PgConnection.make({ url })])
    const { rows } = yield* session.query("SELECT pg_backend_pid() AS pid", [], false)
    if (rows[0]?.["pid"] === session.processId) return "none"
    return yield* Effect.catch(keeping(session, other), () => Effect.succeed<Pooler>("refuses transactions"))
  }))
