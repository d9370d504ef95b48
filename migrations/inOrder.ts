import { Effect } from "effect"
import { SqlClient } from "effect/sql"

export const inOrder = (statements: ReadonlyArray<string>) =>
  SqlClient.SqlClient.use((sql) => Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true }))
