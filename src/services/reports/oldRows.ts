import { DateTime, type Duration, Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { OrgId } from "../../domain/Ids.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { organizationIds, SqlFailures } from "../database/statements.ts"

export const batchSize = 500

/** Runs `batch` until it deletes fewer than `batchSize` rows. Returns how many rows were deleted. */
export const inBatches = Effect.fnUntraced(function*<E>(batch: Effect.Effect<number, E>): Effect.fn.Return<number, E> {
  const deleted = yield* batch
  return deleted < batchSize ? deleted : deleted + (yield* inBatches(batch))
})

interface OldRows {
  readonly table: string
  /** The column whose time decides. */
  readonly time: string
  readonly keptFor: Duration.Input
}

/** Returns a deletion of the rows of all organizations that are older than `keptFor`. It returns their number. */
export const oldRows = Effect.fnUntraced(function*({ keptFor, table, time }: OldRows) {
  const sql = yield* SqlClient.SqlClient
  const { withSqlDeadline } = yield* SqlFailures
  const queryOrganizations = yield* organizationIds
  const [rows, timeOf] = [sql.literal(table), (alias: string) => sql.literal(`${alias}.${time}`)]

  return (now: DateTime.Utc): Effect.Effect<number, Unreachable> => {
    const before = DateTime.toDate(DateTime.subtractDuration(now, keptFor))
    const batch = (organizationId: OrgId) =>
      Effect.map(
        withSqlDeadline(sql`
          DELETE FROM ${rows} r
          WHERE r.organization_id = ${organizationId} AND r.id = ANY (ARRAY (
            SELECT due.id FROM ${rows} due
            WHERE due.organization_id = ${organizationId} AND ${timeOf("due")} <= ${before}::timestamptz
            LIMIT ${batchSize}
            FOR UPDATE SKIP LOCKED
          ))
          RETURNING r.id
        `),
        (deleted) => deleted.length
      )
    return queryOrganizations(sql`
      SELECT DISTINCT r.organization_id AS "organizationId" FROM ${rows} r
      WHERE ${timeOf("r")} <= ${before}::timestamptz
    `).pipe(
      Effect.flatMap(Effect.forEach((organizationId) => inBatches(batch(organizationId)))),
      Effect.map((counts) => counts.reduce((total, count) => total + count, 0))
    )
  }
})
