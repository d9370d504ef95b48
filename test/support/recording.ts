import { PgClient } from "@effect/sql-pg"
import { Effect, Layer, Stream } from "effect"
import { Reactivity } from "effect/reactivity"
import { SqlClient, type SqlConnection } from "effect/sql"

export interface Sent {
  readonly text: string
  readonly params: ReadonlyArray<unknown>
}

type Rows = ReadonlyArray<SqlConnection.Row>

const answer = JSON.stringify([["UTC", 1, "EUR"], null])

/** What a statement that asks for members finds, by itself or beside tallies. */
const foundBy = (text: string): Rows => text.includes("crm.members ") ? [{ answer }] : []

/** A client that writes down what it is told, and finds an organization with nothing in it. */
export const recording = (
  sent: Array<Sent>,
  answering: (rows: Rows, text: string) => Effect.Effect<Rows> = Effect.succeed
) => {
  const record = (text: string, params: ReadonlyArray<unknown>) =>
    Effect.suspend(() => {
      sent.push({ text, params })
      return answering(foundBy(text), text)
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
