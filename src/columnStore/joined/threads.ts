import { none } from "../../domain/reservedKeys.ts"
import { all } from "../../metrics/all.ts"
import { emailsTable } from "../../metrics/crm.ts"
import { all as allOf, count, not, past, present, ratio } from "../../metrics/Measure.ts"
import type { Metric } from "../../metrics/Metric.ts"
import { instant, nullable, table, text } from "../../metrics/Table.ts"
import { millisToReply } from "../../query/definitions.ts"
import { projectionOf } from "../projection.ts"
import type { Group, JoinDefinition, JoinedRow } from "./joins.ts"
import type { Mail } from "./SharedThreads.ts"
import { mailSource } from "./sources.ts"

/** A row is a thread with an outbound mail, in which all mails have one owner. */
const threads = table("threads", { ownerId: text, firstAt: instant, answeredAt: nullable(instant) }, [])

const { answeredAt, firstAt, ownerId } = threads.fields
const population = { table: threads.name, seenBy: { owner: ownerId, assignees: undefined } }
const metric = { ...all["emails.reply_rate"], from: population, at: firstAt }

export const answeredShare: Metric = { ...metric, measure: ratio(count({ where: present(answeredAt) }), count()) }

/** `lateAnswers` counts answers at or after `asOf`. */
export const lateAnswers: Metric = {
  ...metric,
  measure: count({ where: allOf(present(answeredAt), not(past(answeredAt))) })
}

const directions = new Set<string | null>(["inbound", "outbound"])

const mailsOf = (group: Group): ReadonlyArray<Mail> => {
  const { number, rows, text } = group.of(mailSource)
  const { direction, ownerId, sentAt } = emailsTable.fields
  const mails: Array<Mail> = []
  for (const row of rows) {
    const [owner, at, sent] = [text(row, ownerId), number(row, sentAt), text(row, direction)]
    if (at !== null && directions.has(sent)) {
      mails.push({ owner: owner ?? none, isOutbound: sent === "outbound", at })
    }
  }
  return mails.length < 2 ? mails : mails.sort((a, b) => a.at - b.at)
}

const rowsOf = (group: Group): ReadonlyArray<JoinedRow> => {
  const mails = mailsOf(group)
  const first = mails.find(({ isOutbound }) => isOutbound)
  if (first === undefined) return []
  if (mails.some(({ owner }) => owner !== first.owner)) return [{ key: group.key, mails }]
  const answer = mails.find(({ at, isOutbound }) => !isOutbound && at > first.at)
  const isInTime = answer !== undefined && answer.at <= first.at + millisToReply
  return [{ table: threads.name, image: [first.owner, first.at, isInTime ? answer.at : null] }]
}

export const threadsJoin: JoinDefinition = {
  sources: [mailSource],
  projections: [projectionOf(population, Object.values(threads.fields), [answeredShare, lateAnswers])],
  rowsOf
}
