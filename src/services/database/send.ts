import type { Effect } from "effect"
import type { SqlClient } from "effect/sql"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { Statement } from "../../query/sql/Statement.ts"
import { mapSqlErrors } from "./errors.ts"

/** Sends one statement and gives its rows. */
export type Send = (statement: Statement) => Effect.Effect<ReadonlyArray<object>, Unreachable>

export const sendTo = (sql: SqlClient.SqlClient): Send => ({ params, text }) => mapSqlErrors(sql.unsafe(text, params))
