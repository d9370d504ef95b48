import { DateTime, Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { Caller } from "../../../domain/Caller.ts"
import { type ReportId, UserId } from "../../../domain/Ids.ts"
import type { Report, ReportNotFound } from "../../../domain/Report.ts"
import {
  definitionOf,
  keptVersions,
  reportProperties,
  VersionNotFound,
  versionsFor
} from "../../../domain/ReportVersion.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { queryRows, snapshotTransaction, SqlFailures } from "../../database/statements.ts"
import { storedReaders, type StoredRow } from "../reportSql.ts"

const FormerRow = Schema.Struct({
  version: Schema.Int,
  definition: Schema.JsonObject,
  savedAt: Schema.DateTimeUtcFromDate,
  replacedBy: UserId
})

/** A property that is newer than the version is null in it. */
const nothing = Object.fromEntries(reportProperties.map((property) => [property, null]))

const storedDefinition = (report: StoredRow) => {
  const definition = definitionOf(report)
  return JSON.stringify({ ...definition, ...storedReaders(definition) })
}

const readDefinition = (stored: Schema.JsonObject) => {
  const people = stored["people"] ?? null
  const readers = people === null ? { people: [] } : { people, visibility: "people" }
  return definitionOf({ ...nothing, ...stored, ...readers })
}

export const sqlVersions = Effect.fnUntraced(function*(
  find: (caller: Caller, id: ReportId) => Effect.Effect<Report, ReportNotFound | Unreachable>
) {
  const sql = yield* SqlClient.SqlClient
  const { withSqlDeadline } = yield* SqlFailures
  const queryFormer = yield* queryRows(FormerRow)

  const former = ({ organizationId }: Caller, id: ReportId, numbers: ReadonlyArray<number> | undefined) =>
    Effect.map(
      queryFormer(sql`
        SELECT v.version, v.definition, v.saved_at AS "savedAt", v.replaced_by AS "replacedBy" FROM crm_report_versions v
        WHERE v.organization_id = ${organizationId} AND v.report_id = ${id}
          AND (${numbers === undefined}::boolean OR v.version = ANY (${numbers ?? []}::int[]))
        ORDER BY v.version DESC
      `),
      (rows) => rows.map((row) => ({ ...row, definition: readDefinition(row.definition) }))
    )

  const history = Effect.fnUntraced(
    function*(caller: Caller, id: ReportId, numbers?: ReadonlyArray<number>) {
      return versionsFor(caller, yield* find(caller, id), yield* former(caller, id, numbers))
    },
    snapshotTransaction(sql),
    withSqlDeadline
  )

  const findVersion = Effect.fnUntraced(function*(caller: Caller, id: ReportId, version: number) {
    const found = yield* history(caller, id, [version - 1, version])
    return found.find((one) => one.version === version) ?? (yield* new VersionNotFound())
  })

  /** Call this in the transaction that replaces `report`. */
  const keepReplaced = Effect.fnUntraced(function*({ organizationId, userId }: Caller, report: StoredRow) {
    const { id, updatedAt, version } = report
    yield* sql`
      INSERT INTO crm_report_versions (organization_id, report_id, version, definition, saved_at, replaced_by)
      VALUES (
        ${organizationId}, ${id}, ${version}, ${storedDefinition(report)}, ${DateTime.toDate(updatedAt)},
        ${userId}
      )
    `
    if (version <= keptVersions) return
    yield* sql`
      DELETE FROM crm_report_versions v
      WHERE v.organization_id = ${organizationId} AND v.report_id = ${id} AND v.version <= ${version - keptVersions}
    `
  })

  /** Call this in the transaction that deletes the report. */
  const forget = ({ organizationId }: Caller, id: ReportId) =>
    sql`DELETE FROM crm_report_versions v WHERE v.organization_id = ${organizationId} AND v.report_id = ${id}`

  return { history: (caller: Caller, id: ReportId) => history(caller, id), findVersion, keepReplaced, forget }
})
