import { PgClient } from "@effect/sql-pg"
import { Effect, Layer, Stream } from "effect"
import { Reactivity } from "effect/reactivity"
import { SqlClient, type SqlConnection, type SqlError } from "effect/sql"
import { Admission } from "../../src/services/admission/Admission.ts"
import { SqlFailures } from "../../src/services/database/statements.ts"

export interface Sent {
  readonly text: string
  readonly params: ReadonlyArray<unknown>
}

type Rows = ReadonlyArray<SqlConnection.Row>

const answer = JSON.stringify({ organization: { timeZone: "UTC", weekStart: 1, currency: "EUR" }, members: [] })

/** Answers the access query and the query of the log state. Every other statement finds no rows. */
const foundBy = (text: string): Rows => {
  if (text.includes("crm.members ")) return [{ answer }]
  return text.endsWith(" AS \"isComplete\"") ? [{ captureEpoch: "", isComplete: true }] : []
}

/** Imitates a database with an organization that has no rows, and records the statements in `sent`. */
export const recording = (
  sent: Array<Sent>,
  answering: (rows: Rows, text: string, params: Sent["params"]) => Effect.Effect<Rows, SqlError.SqlError> =
    Effect.succeed
) => {
  const record = (text: string, params: ReadonlyArray<unknown>) =>
    Effect.suspend(() => {
      sent.push({ text, params })
      return answering(foundBy(text), text, params)
    })
  const recordOnly = (text: string, params: ReadonlyArray<unknown>) => Effect.as(record(text, params), [])
  const connection: SqlConnection.Connection = {
    execute: record,
    executeRaw: record,
    executeValues: recordOnly,
    executeValuesUnprepared: recordOnly,
    executeUnprepared: record,
    executeStream: (text, params) => Stream.fromIterableEffect(record(text, params))
  }
  const client = Layer.effect(
    SqlClient.SqlClient,
    SqlClient.make({
      acquirer: Effect.succeed(connection),
      compiler: PgClient.makeCompiler(),
      driver: "pg",
      spanAttributes: []
    })
  ).pipe(Layer.provide(Reactivity.layer))
  return Layer.mergeAll(client, SqlFailures.layer, Admission.layer)
}
