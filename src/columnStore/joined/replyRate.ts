import { type Amounts, noAmounts } from "../../query/AggregateRow.ts"
import { millisToReply } from "../../query/definitions.ts"
import type { Plan } from "../../query/Plan.ts"
import { type Counting, plainRow } from "./Counting.ts"
import type { SharedThreads } from "./SharedThreads.ts"
import { answeredShare, lateAnswers } from "./threads.ts"

/** In a thread that began over 14 days before `asOf`, an answer after `asOf` is too late to count. */
const recent = (plan: Plan): Plan => {
  const since = plan.asOf - millisToReply
  return {
    ...plan,
    metric: lateAnswers,
    asOf: plan.asOf + 1,
    boundaries: [since, ...plan.boundaries.map((boundary) => Math.max(boundary, since))],
    hasLowerBound: true,
    gapBucket: plan.gapBucket + 1
  }
}

/** Numbers take less time than a bigint for each thread. */
const sharesOf = (shared: SharedThreads, plan: Plan) => {
  const [threads, answered] = [new Float64Array(plan.boundaries.length), new Float64Array(plan.boundaries.length)]
  const isCounted = shared.count(plan, (bucket, isAnswered) => {
    threads[bucket] = (threads[bucket] ?? 0) + 1
    if (isAnswered) answered[bucket] = (answered[bucket] ?? 0) + 1
  })
  return isCounted ? { threads, answered } : undefined
}

export const countReplyRate: Counting = (plan, count, { sharedThreads }) => {
  const [shares, late] = [count({ ...plan, metric: answeredShare }), count(recent(plan))]
  if (shares === undefined || late === undefined) return undefined
  const sums = new Map<number, Amounts>(shares.map((row) => [row.bucket, row]))
  const add = (bucket: number, answered: bigint, threads: bigint) => {
    const { denominator, numerator } = sums.get(bucket) ?? noAmounts
    sums.set(bucket, { numerator: numerator + answered, denominator: denominator + threads })
  }
  for (const { bucket, numerator } of late) {
    if (sums.has(bucket - 1)) add(bucket - 1, -numerator, 0n)
  }
  const shared = sharesOf(sharedThreads, plan)
  if (shared === undefined) return undefined
  for (const [bucket, threads] of shared.threads.entries()) {
    if (threads > 0) add(bucket, BigInt(shared.answered[bucket] ?? 0), BigInt(threads))
  }
  return [...sums].map(([bucket, amounts]) => plainRow(bucket, null, amounts))
}
