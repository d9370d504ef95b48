import { PgClient } from "@effect/sql-pg"
import { Effect, Layer, Stream } from "effect"
import { Reactivity } from "effect/reactivity"
import { SqlClient, type SqlConnection } from "effect/sql"

export interface Sent {
  readonly text: string
  readonly params: ReadonlyArray<unknown>
}

/** A client that writes down what it is told and finds nothing. */
export const recording = (sent: Array<Sent>) => {
  const record = (text: string, params: ReadonlyArray<unknown>) =>
    Effect.sync(() => {
      sent.push({ text, params })
      return []
    })
  const connection: SqlConnection.Connection = {
    execute: record,
    executeRaw: record,
    executeValues: record,
    executeValuesUnprepared: record,
    executeUnprepared: record,
    executeStream: (text, params) => Stream.fromIterableEffect(record(text, params))
  }
  return Layer.effect(
    SqlClient.SqlClient,
    SqlClient.make({
      acquirer: Effect.succeed(connection),
      compiler: PgClient.makeCompiler(),
      driver: "pg",
      spanAttributes: []
    })
  ).pipe(Layer.provide(Reactivity.layer))
}
