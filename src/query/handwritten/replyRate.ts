import { emailsTable, type Tables } from "../../metrics/crm.ts"
import type { Tally } from "../AggregateRow.ts"
import { bucketOf, isInScope } from "../memory/rows.ts"
import { tally } from "../memory/tally.ts"
import type { Plan } from "../Plan.ts"
import { firstEdge, lastEdge, timingOf } from "../sql/bucketing.ts"
import { gateOf, where } from "../sql/rowFilter.ts"
import { lines, organization, type Places } from "../sql/Statement.ts"
import type { Form } from "../sql/StatementShape.ts"

const daysToReply = 14
const millisToReply = daysToReply * 86_400_000
const timeToReply = `interval '${daysToReply * 24} hours'`

/** Threads and their answers are read once each, by time, and joined: one look at the index a thread takes longer. */
export const compileReplyRate = (form: Form, places: Places): string => {
  const now = places.instant(({ asOf }) => asOf)
  const last = places.instant(lastEdge)
  const first = form.isOpen ? undefined : places.instant(firstEdge)
  const since = (at: string) => first === undefined ? [] : [`${at} >= ${first}`]
  const mine = [`r.organization_id = ${organization}`, gateOf(form).owned]
  const outbound = [...mine, "r.thread_id IS NOT NULL", "r.direction = 'outbound'", `r.sent_at < ${last}`]
  const inbound = [
    ...mine,
    "r.direction = 'inbound'",
    ...since("r.sent_at"),
    `r.sent_at < ${last} + ${timeToReply}`,
    `r.sent_at <= ${now}`
  ]
  const answering = ["r.thread_id = f.thread_id", "r.sent_at > f.first_at", `r.sent_at <= f.first_at + ${timeToReply}`]
  const { bucket, during, each } = timingOf("t.first_at", form, places)
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
    `ON ${[...inbound, ...answering].join("\n  AND ")}`,
    "GROUP BY f.thread_id, f.first_at",
    ")",
    `SELECT ${bucket} AS bucket, (count(*) FILTER (WHERE t.is_answered))::text AS n, count(*)::text AS d`,
    each === undefined ? "FROM threads t" : `FROM threads t CROSS JOIN ${each}`,
    where(during),
    "GROUP BY 1"
  )
}

export const evaluateReplyRate = (plan: Plan, tables: Tables): ReadonlyArray<Tally> => {
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
  return tally([...firsts.values()].flatMap((first) => {
    const at = bucketOf(first, emailsTable.fields.sentAt, plan)
    if (at === undefined) return []
    const isAnswered = mails.some((mail) =>
      mail.threadId === first.threadId && mail.direction === "inbound" && mail.sentAt > first.sentAt &&
      mail.sentAt <= first.sentAt + millisToReply
    )
    return [{ bucket: at, n: isAnswered ? 1n : 0n, d: 1n }]
  }))
}
