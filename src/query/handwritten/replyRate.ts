import { emailsTable, type Tables } from "../../metrics/crm.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { aggregate } from "../memory/aggregate.ts"
import { bucketOfRow, isInScope } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import { bucketing, firstBoundary, lastBoundary } from "../sql/aggregate.ts"
import { rowFilter, where } from "../sql/rowFilter.ts"
import { lines, organization, type Params } from "../sql/Statement.ts"
import type { StatementShape } from "../sql/StatementShape.ts"

const daysToReply = 14
const millisToReply = daysToReply * 86_400_000
const timeToReply = `interval '${daysToReply * 24} hours'`

/** Two scans and a join: look-ups per thread are slower. */
const compile = (shape: StatementShape, params: Params): string => {
  const now = params.instant(({ asOf }) => asOf)
  const last = params.instant(lastBoundary)
  const first = shape.hasLowerBound ? params.instant(firstBoundary) : undefined
  const since = (at: string) => first === undefined ? [] : [`${at} >= ${first}`]
  const inScope = [`r.organization_id = ${organization}`, rowFilter(shape).owned]
  const outbound = [...inScope, "r.thread_id IS NOT NULL", "r.direction = 'outbound'", `r.sent_at < ${last}`]
  const inbound = [
    ...inScope,
    "r.direction = 'inbound'",
    ...since("r.sent_at"),
    `r.sent_at < ${last} + ${timeToReply}`,
    `r.sent_at <= ${now}`
  ]
  const isReply = ["r.thread_id = f.thread_id", "r.sent_at > f.first_at", `r.sent_at <= f.first_at + ${timeToReply}`]
  const { bucket, during, each } = bucketing("t.first_at", shape, params)
  return lines(
    "WITH firsts AS (",
    "SELECT r.thread_id, min(r.sent_at) AS first_at",
    "FROM crm.emails r",
    where(outbound),
    "GROUP BY 1",
    ...since("min(r.sent_at)").map((condition) => `HAVING ${condition}`),
    "), threads AS (",
    "SELECT f.first_at, count(r.sent_at) > 0 AS is_answered",
    "FROM firsts f LEFT JOIN crm.emails r",
    `ON ${[...inbound, ...isReply].join("\n  AND ")}`,
    "GROUP BY f.thread_id, f.first_at",
    ")",
    `SELECT ${bucket} AS bucket, (count(*) FILTER (WHERE t.is_answered))::text AS n, count(*)::text AS d`,
    each === undefined ? "FROM threads t" : `FROM threads t CROSS JOIN ${each}`,
    where(during),
    "GROUP BY 1"
  )
}

const evaluate = (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> => {
  const mails = tables.emails.filter((mail) =>
    mail.threadId !== null && mail.sentAt <= plan.asOf && isInScope(mail, plan)
  )
  const firsts = new Map<string | null, (typeof mails)[number]>()
  for (const mail of mails) {
    const first = firsts.get(mail.threadId)
    if (mail.direction === "outbound" && (first === undefined || mail.sentAt < first.sentAt)) {
      firsts.set(mail.threadId, mail)
    }
  }
  return aggregate([...firsts.values()].flatMap((first) => {
    const bucket = bucketOfRow(first, emailsTable.fields.sentAt, plan)
    if (bucket === undefined) return []
    const isAnswered = mails.some((mail) =>
      mail.threadId === first.threadId && mail.direction === "inbound" && mail.sentAt > first.sentAt &&
      mail.sentAt <= first.sentAt + millisToReply
    )
    return [{ bucket, numerator: isAnswered ? 1n : 0n, denominator: 1n }]
  }))
}

export const replyRate = { compile, evaluate }
