import { emailsTable, type Tables } from "../../metrics/crm.ts"
import { email } from "../../metrics/recordTypes.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { daysToReply, millisToReply } from "../definitions.ts"
import { aggregate } from "../memory/aggregate.ts"
import { bucketOfRow, described, isInScope } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import type { RecordQuery } from "../Point.ts"
import { byCodePoint } from "../series/sort.ts"
import { accessPaths } from "../sql/accessPaths.ts"
import { between, bucketing, firstBoundary, lastBoundary } from "../sql/aggregate.ts"
import { millis, recordCells, type RecordShape } from "../sql/recordCells.ts"
import { newestKeys, pageOrder, rowOfKey } from "../sql/recordPage.ts"
import { fromWhere, isNobodys, rowFilter, where } from "../sql/rowFilter.ts"
import { lines, organization, type Params, type StatementShape } from "../sql/Statement.ts"
import type { HandwrittenRecords } from "./HandwrittenRecords.ts"

type Mail = Tables["emails"][number]

const timeToReply = `interval '${daysToReply * 24} hours'`

/** Mails have no assignees. */
const isOwned = (shape: StatementShape, params: Params): string => {
  const { owned } = rowFilter(shape)
  return shape.hasNobody ? `(${[owned, ...isNobodys(shape, params)].join(" OR ")})` : owned
}

/** For counts, two scans and a join are faster than looking up each thread. */
const threadsSql = (shape: StatementShape, params: Params): string => {
  const now = params.instant(({ asOf }) => asOf)
  const last = params.instant(lastBoundary)
  const first = shape.hasLowerBound ? params.instant(firstBoundary) : undefined
  const since = (at: string) => first === undefined ? [] : [`${at} >= ${first}`]
  const inScope = [`r.organization_id = ${organization}`, isOwned(shape, params)]
  const outbound = [...inScope, "r.thread_id IS NOT NULL", "r.direction = 'outbound'", `r.sent_at < ${last}`]
  const inbound = [
    ...inScope,
    "r.direction = 'inbound'",
    ...since("r.sent_at"),
    `r.sent_at < ${last} + ${timeToReply}`,
    `r.sent_at <= ${now}`
  ]
  const isReply = ["r.thread_id = f.thread_id", "r.sent_at > f.first_at", `r.sent_at <= f.first_at + ${timeToReply}`]
  return lines(
    "firsts AS (",
    "SELECT r.thread_id, min(r.sent_at) AS first_at",
    "FROM crm.emails r",
    where(outbound),
    "GROUP BY 1",
    ...since("min(r.sent_at)").map((condition) => `HAVING ${condition}`),
    "), threads AS (",
    `SELECT f.first_at, count(r.sent_at) > 0 AS is_answered`,
    "FROM firsts f LEFT JOIN crm.emails r",
    `ON ${[...inbound, ...isReply].join("\n  AND ")}`,
    "GROUP BY f.thread_id, f.first_at",
    ")"
  )
}

const compile = (shape: StatementShape, params: Params): string => {
  const threads = threadsSql(shape, params)
  const { bucket, during, each } = bucketing("t.first_at", shape, params)
  return lines(
    `WITH ${threads}`,
    `SELECT ${bucket} AS bucket, (count(*) FILTER (WHERE t.is_answered))::text AS n, count(*)::text AS d`,
    each === undefined ? "FROM threads t" : `FROM threads t CROSS JOIN ${each}`,
    where(during),
    "GROUP BY 1"
  )
}

const isEarlier = (mail: Mail, other: Mail) =>
  mail.sentAt < other.sentAt || (mail.sentAt === other.sentAt && byCodePoint(mail.emailId, other.emailId) < 0)

const threads = (plan: Plan, tables: Tables) => {
  const mails = tables.emails.filter((mail) =>
    mail.threadId !== null && mail.sentAt <= plan.asOf && isInScope(mail, plan)
  )
  const firsts = new Map<string | null, Mail>()
  for (const mail of mails) {
    const first = firsts.get(mail.threadId)
    if (mail.direction === "outbound" && (first === undefined || isEarlier(mail, first))) {
      firsts.set(mail.threadId, mail)
    }
  }
  return [...firsts.values()].flatMap((first) => {
    const bucket = bucketOfRow(first, emailsTable.fields.sentAt, plan)
    if (bucket === undefined) return []
    const isAnswered = mails.some((mail) =>
      mail.threadId === first.threadId && mail.direction === "inbound" && mail.sentAt > first.sentAt &&
      mail.sentAt <= first.sentAt + millisToReply
    )
    return [{ first, bucket, numerator: isAnswered ? 1n : 0n, denominator: 1n }]
  })
}

const evaluate = (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> =>
  aggregate(threads(plan, tables).map(({ first: _first, ...row }) => row))

const totals = (shape: RecordShape, params: Params<RecordQuery>): string =>
  lines(
    `WITH ${threadsSql(shape, params)}`,
    "SELECT count(*)::text AS total, (count(*) FILTER (WHERE t.is_answered))::text AS n, count(*)::text AS d",
    "FROM threads t"
  )

/** For one page, looking up the thread of each mail is faster than two scans. */
const page = (shape: RecordShape, params: Params<RecordQuery>): string => {
  const now = params.instant(({ asOf }) => asOf)
  const inThread = [
    `r.organization_id = ${organization}`,
    isOwned(shape, params),
    "r.thread_id = f.thread_id"
  ]
  const first = lines(
    "SELECT r.email_id FROM crm.emails r",
    where([...inThread, "r.direction = 'outbound'"]),
    "ORDER BY r.sent_at, r.email_id COLLATE \"C\" LIMIT 1"
  )
  const reply = lines(
    "SELECT FROM crm.emails r",
    where([
      ...inThread,
      "r.direction = 'inbound'",
      "r.sent_at > f.sent_at",
      `r.sent_at <= least(f.sent_at + ${timeToReply}, ${now})`
    ])
  )
  const read = fromWhere(shape, params, [
    ...between("r.sent_at", shape, params),
    "r.thread_id IS NOT NULL",
    "r.direction = 'outbound'"
  ])
  const { before, nobodys, owned } = accessPaths(shape, params, read)
  const select = (rows: string) =>
    lines("SELECT f.sent_at, f.email_id FROM (SELECT r.*", rows, `) f WHERE f.email_id = (${first})`)
  const order = pageOrder("f.sent_at", "f.email_id", shape, params)
  return lines(
    before,
    `SELECT f.email_id AS id, f.email_id AS subject, ${millis("f.sent_at")} AS at,`,
    `  w.n::text AS n, '1' AS d, ${recordCells(email, "f")}`,
    `FROM ${newestKeys([owned, ...nobodys], "f", order, select)}`,
    rowOfKey("emails", "email_id", "f"),
    `CROSS JOIN LATERAL (SELECT EXISTS (${reply})::int AS n) w`
  )
}

const records: HandwrittenRecords = {
  type: email,
  totals,
  page,
  evaluate: (point, tables) =>
    threads(point, tables).map(({ denominator, first, numerator }) => ({
      id: first.emailId,
      subject: first.emailId,
      at: first.sentAt,
      numerator,
      denominator,
      ...described(first, email, point, tables)
    }))
}

export const replyRate = { compile, evaluate, records }
