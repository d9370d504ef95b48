import { Context, Duration, Effect, Layer, PartitionedSemaphore } from "effect"
import { Config } from "../../Config.ts"
import type { OrgId } from "../../domain/Ids.ts"
import { Unavailable } from "../../domain/Unavailable.ts"
import { tallied, watched } from "../../telemetry/measure.ts"
import { countsWaiting, shed } from "../../telemetry/metrics.ts"
import { recentMarks, sheddingNanos } from "./recentMarks.ts"

/** A wait longer than this share of WIDGET_TIMEOUT counts as overload. Small, because a run can wait many times. */
const maxWaitShare = 1 / 50

/** Turns of the event loop between two counts. After a single turn, a small request would wait for another count. */
const yields = 3

/** Counting in memory blocks the process, so one count runs at a time. Organizations take turns. */
export class CountLimiter extends Context.Service<CountLimiter, {
  withTurn(organizationId: OrgId): <A, E, R>(count: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /** Fails while a count waits too long, and for 250 ms after it. */
  shedLoad(organizationId: OrgId): Effect.Effect<void, Unavailable>
}>()("crm-reports/services/limits/CountLimiter") {
  static readonly layer = Layer.effect(
    CountLimiter,
    Effect.gen(function*() {
      const turns = yield* PartitionedSemaphore.make<string>({ permits: 1 })
      const maxWaitNanos = Duration.toNanosUnsafe(Duration.times(yield* Config.widgetTimeout, maxWaitShare))
      const overloaded = recentMarks(sheddingNanos)
      const waiting = new Map<string, Set<{ readonly since: bigint }>>()
      let refused = 0
      yield* watched(countsWaiting, () => [...waiting.values()].reduce((sum, { size }) => sum + size, 0))
      yield* tallied(shed({ limit: "counts" }), () => refused)

      const stopWaiting = (organizationId: string, entry: { readonly since: bigint }, now: bigint) => {
        const entries = waiting.get(organizationId)
        if (entries?.delete(entry) !== true) return
        if (entries.size === 0) waiting.delete(organizationId)
        if (now - entry.since > maxWaitNanos) overloaded.mark(organizationId, now)
      }

      const withTurn = (organizationId: OrgId) => <A, E, R>(count: Effect.Effect<A, E, R>) =>
        Effect.clockWith((clock) => {
          const entry = { since: clock.monotonicTimeNanosUnsafe() }
          const entries = waiting.get(organizationId) ?? new Set()
          waiting.set(organizationId, entries.add(entry))
          const stop = () => stopWaiting(organizationId, entry, clock.monotonicTimeNanosUnsafe())
          return Effect.suspend(() => {
            stop()
            return count
          }).pipe(
            Effect.tap(() => Effect.repeat(Effect.yieldNow, { times: yields - 1 })),
            turns.withPermit(organizationId),
            Effect.ensuring(Effect.sync(stop))
          )
        })

      const shedLoad = (organizationId: OrgId): Effect.Effect<void, Unavailable> =>
        Effect.clockWith((clock) => {
          const now = clock.monotonicTimeNanosUnsafe()
          const [oldest] = waiting.get(organizationId) ?? []
          const isLate = oldest !== undefined && now - oldest.since > maxWaitNanos
          if (!isLate && !overloaded.has(organizationId, now)) return Effect.void
          refused += 1
          return Effect.fail(new Unavailable())
        })
      return { withTurn, shedLoad }
    })
  )
}
