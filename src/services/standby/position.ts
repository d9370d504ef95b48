import { Effect, Option, Schema } from "effect"
import { organization, type Statement } from "../../query/sql/Statement.ts"
import { decodeRow, decodeRows, type Send } from "../database/statements.ts"

const Position = Schema.Struct({ lsn: Schema.String, timeline: Schema.String, system: Schema.String })

/** Commits that the primary acknowledged before it gave this position are below it in the write-ahead log. */
export type Position = typeof Position.Type

/** No standby reaches a position right after a page header, so the size of the header is subtracted. */
const header = `CASE WHEN f.file_offset = 40 THEN 40
  WHEN f.file_offset % current_setting('wal_block_size')::int = 24 THEN 24 ELSE 0 END`

const select = `SELECT (p.lsn - ${header})::text AS lsn, left(f.file_name, 8) AS timeline,
  s.system_identifier::text AS system
FROM (
  SELECT pg_current_wal_insert_lsn() AS lsn
  WHERE ${organization}::text IS NOT NULL AND NOT pg_is_in_recovery()
) p, pg_walfile_name_offset(p.lsn) f, pg_control_system() s`

const decodePosition = decodeRows(Position)

export const positionOf = (send: Send, organizationId: string) =>
  Effect.map(decodePosition(send({ text: select, params: [organizationId] })), ([row]) => Option.fromUndefinedOr(row))

/** Without this flush, standbys could wait for seconds for an open transaction or an asynchronous commit. */
const flush =
  `SELECT set_config('synchronous_commit', 'local', true), pg_logical_emit_message(true, 'crm_reports', '')::text
WHERE pg_current_wal_flush_lsn() < $1::text::pg_lsn`

/** PostgreSQL sends standbys only the part of its write-ahead log that is on disk. */
export const flushTo = (send: Send, { lsn }: Position) =>
  send({ text: flush, params: [lsn] }).pipe(Effect.catchDefect(() => Effect.void), Effect.ignore)

const Progress = Schema.Struct({ isSame: Schema.Boolean, isReached: Schema.Boolean })

export const decodeProgress = decodeRow(Progress)

/** After a failover, a standby reports its new timeline late, and never early. */
export const progressTo = ({ lsn, system, timeline }: Position): Statement => ({
  text: `SELECT coalesce(pg_last_wal_replay_lsn() >= $1::text::pg_lsn, false) AS "isReached",
  pg_is_in_recovery() AND s.system_identifier::text = $2::text
    AND r.min_recovery_end_timeline = ('x' || $3::text)::bit(32)::int AS "isSame"
FROM pg_control_system() s, pg_control_recovery() r`,
  params: [lsn, system, timeline]
})
