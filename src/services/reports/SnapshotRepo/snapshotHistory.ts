import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { Caller } from "../../../domain/Caller.ts"
import type { HistorySpan } from "../../../domain/History.ts"
import type { ReportId } from "../../../domain/Ids.ts"
import { Snapshot } from "../../../domain/Snapshot.ts"
import { queryRows } from "../../database/statements.ts"
import { readable, visible } from "../reportSql.ts"

const { id, layout, scope: { fields: scope }, series, timeframe } = Snapshot.fields

const WidgetRow = Schema.Struct({
  id,
  createdAt: Schema.DateTimeUtcFromDate,
  timeframe,
  ...scope,
  layout,
  series
})

/** A snapshot may have megabytes of series, so PostgreSQL sends only those of the widget. */
export const snapshotHistory = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const queryWidgets = yield* queryRows(WidgetRow)

  return (caller: Caller, reportId: ReportId, { from, instanceId, most, to }: HistorySpan) =>
    Effect.map(
      queryWidgets(sql`
        SELECT s.id, s.created_at AS "createdAt", s.timeframe, s.frozen_as AS role, s.assignee_ids AS "assigneeIds",
          json_build_object('widgets', ARRAY (
            SELECT w.value FROM json_array_elements(s.layout->'widgets') w WHERE w.value->>'instanceId' = ${instanceId}
          )) AS layout,
          to_json(ARRAY (
            SELECT CASE e.value->>'shape' WHEN 'timeseries' THEN (
              SELECT json_object_agg(f.key, CASE f.key WHEN 'points' THEN '[]'::json ELSE f.value END)
              FROM json_each(e.value) f WHERE f.key <> 'previousPoints'
            ) ELSE e.value END
            FROM json_array_elements(s.series) e WHERE e.value->>'instanceId' = ${instanceId}
          )) AS series
        FROM crm_report_snapshots s
        WHERE s.report_id = ${reportId} AND ${visible(sql, caller)}
          AND s.created_at >= ${new Date(from)}::timestamptz AND s.created_at < ${new Date(to)}::timestamptz
          AND EXISTS (SELECT 1 FROM crm_reports r WHERE r.id = ${reportId} AND ${readable(sql, caller)})
        ORDER BY s.created_at DESC, s.id
        LIMIT ${most}
      `),
      (rows) => rows.map(({ assigneeIds, role, ...row }) => ({ ...row, scope: { role, assigneeIds } }))
    )
})
