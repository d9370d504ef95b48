import { Effect } from "effect"
import { SqlClient, type Statement } from "effect/sql"
import type { OrgId } from "../../domain/Ids.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { organizationIds, SqlFailures } from "../database/statements.ts"

const batchSize = 500

/** Runs `batch` until it deletes fewer than `batchSize` rows. Returns how many rows were deleted. */
const inBatches = Effect.fnUntraced(function*<E>(batch: Effect.Effect<number, E>): Effect.fn.Return<number, E> {
  const deleted = yield* batch
  return deleted < batchSize ? deleted : deleted + (yield* inBatches(batch))
})

export interface Deleted {
  readonly organizationId: OrgId
  readonly deleted: number
}

export const totalOf = (all: ReadonlyArray<Deleted>): number => all.reduce((total, { deleted }) => total + deleted, 0)

/** Returns a deletion of the rows whose `time` is not after a limit. It returns the organizations with deleted rows. */
export const oldRows = Effect.fnUntraced(function*(table: string, time: string) {
  const sql = yield* SqlClient.SqlClient
  const { mapSqlErrors } = yield* SqlFailures
  const queryOrganizations = yield* organizationIds
  const [rows, timeOf] = [sql.literal(table), (alias: string) => sql.literal(`${alias}.${time}`)]

  return (limit: Statement.Fragment): Effect.Effect<ReadonlyArray<Deleted>, Unreachable> => {
    const batch = (organizationId: OrgId) =>
      Effect.map(
        mapSqlErrors(sql`
          DELETE FROM ${rows} r
          WHERE r.organization_id = ${organizationId} AND r.id = ANY (ARRAY (
            SELECT due.id FROM ${rows} due
            WHERE due.organization_id = ${organizationId} AND ${timeOf("due")} <= ${limit}
            LIMIT ${batchSize}
            FOR UPDATE SKIP LOCKED
          ))
          RETURNING r.id
        `),
        (deleted) => deleted.length
      )
    const deletion = (organizationId: OrgId) =>
      Effect.map(inBatches(batch(organizationId)), (deleted) => ({ organizationId, deleted }))
    return queryOrganizations(sql`
      SELECT DISTINCT r.organization_id AS "organizationId" FROM ${rows} r WHERE ${timeOf("r")} <= ${limit}
    `).pipe(
      Effect.flatMap(Effect.forEach(deletion)),
      Effect.map((all) => all.filter(({ deleted }) => deleted > 0))
    )
  }
})
