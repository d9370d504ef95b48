import type { Read } from "./read.ts"

/** "Who has the most deals" is about won deals. */
const closing: ReadonlySet<string> = new Set(["deal", "person", "ranking", "count"])

/** An average has one of these concepts. "Calls per day on average" is a number of calls. */
const averaged = ["time", "duration", "talk", "value", "close", "deal", "first", "reply", "commission"] as const

/** A share of leads has one of these concepts. "Leads by source in percent" has no rate. */
const rated = [
  "won",
  "lost",
  "deal",
  "close",
  "conversion",
  "client",
  "reply",
  "connect",
  "success",
  "completed"
] as const

/** Adds what a clause says without the word, and leaves out what no metric can show. */
export const completed = (words: ReadonlyArray<Read>, concepts: ReadonlyArray<string>): ReadonlyArray<string> => {
  const has = (...some: ReadonlyArray<string>) => some.some((one) => concepts.includes(one))
  const isClosed = has("close") && !has("time", "average", "duration", "first", "won", "forecast", "overdue")
  const isToClose = has("time") && has("close") && has("deal")
  const isDone = has("completed") && has("deal") && !has("task")
  const isOfClosers = has("deal") && has("person") && has("ranking") && concepts.every((one) => closing.has(one))
  const isFirstReply = has("reply") && has("lead") && has("time") && !has("email")
  /** "Abschluss" is a won deal, and "verlorene Abschlüsse" are lost. */
  const isOther = has("lost", "forecast", "open", "overdue") &&
    words.some((word) => word.concepts?.join() === "won,deal")
  const isNumber = has("average") && (!has(...averaged) || (has("trend") && has("won") && !has("time", "duration")))
  const isSplit = has("inbound", "outbound") || (has("lead") && has("source", "status", "tag", "type", "person"))
  const isShare = has("rate") && isSplit && !has(...rated)
  return [
    ...concepts.filter((one) =>
      !(isDone && one === "completed") && !(isClosed && one === "close") && !(isToClose && one === "won") &&
      !(isOther && one === "won") && !(isNumber && one === "average") && !(isShare && one === "rate")
    ),
    ...(isClosed || isDone || isOfClosers ? ["won"] : []),
    ...(isFirstReply ? ["first", "call"] : []),
    ...(has("buyer") || has("seller") ? ["type"] : []),
    ...(has("inbound") && has("outbound") ? ["direction"] : [])
  ]
}
