import { Effect } from "effect"
import type { Limit } from "../../domain/Limit.ts"
import { Unavailable } from "../../domain/Unavailable.ts"
import { tallied } from "../../telemetry/measure.ts"
import { refused } from "../../telemetry/metrics.ts"

/** `refuse` fails with the name of the limit, and counts the refusal. */
export const refusalsOf = Effect.fnUntraced(function*(limit: Limit) {
  let refusals = 0
  yield* tallied(refused({ limit }), () => refusals)
  const refuse = Effect.suspend(() => {
    refusals += 1
    return Effect.fail(Unavailable.by(limit))
  })
  return { refuse }
})
