import { Clock, Context, Duration, Effect, Layer } from "effect"
import { boundedCache } from "../../domain/boundedCache.ts"
import { makeActivity } from "./activity.ts"

interface Pace {
  readonly nanosEach: bigint
  readonly delay: Duration.Duration
}

const alone: Pace = { nanosEach: 1_000_000_000n / 1_000n, delay: Duration.millis(250) }

/** On two cores that PostgreSQL used too, the p95 of another organization was twice as high at 500 refusals a second. */
const besideOthers: Pace = { nanosEach: 1_000_000_000n / 40n, delay: Duration.seconds(1) }

const maxAhead = Duration.toNanosUnsafe("250 millis")

const maxDelayed = 2_000

const maxOrganizations = 10_000

/**
 * Delays the refusals of an organization above 1,000 a second by 250 ms. If another organization got an answer in the
 * last ten seconds, it delays the refusals above 40 a second by a second, because they would slow the other one.
 */
export const RefusalPace = Context.Reference<{
  readonly noteAnswer: (organizationId: string, now: bigint) => void
  readonly waitBeforeRefusal: (organizationId: string) => Effect.Effect<void>
}>(
  "crm-reports/services/limits/RefusalPace",
  { defaultValue: () => ({ noteAnswer: () => {}, waitBeforeRefusal: () => Effect.void }) }
)

const make = () => {
  const paidUntil = boundedCache<string, bigint>(maxOrganizations)
  const activity = makeActivity()
  let delayed = 0
  const isPrompt = (organizationId: string, { nanosEach }: Pace, now: bigint): boolean => {
    const last = paidUntil.get(organizationId) ?? now
    const until = (last > now ? last : now) + nanosEach
    if (until - now > maxAhead) return false
    paidUntil.set(organizationId, until)
    return true
  }
  const wait = (delay: Duration.Duration) =>
    Effect.acquireUseRelease(
      Effect.sync(() => void (delayed += 1)),
      () => Effect.sleep(delay),
      () => Effect.sync(() => void (delayed -= 1))
    )
  return {
    noteAnswer: activity.note,
    waitBeforeRefusal: (organizationId: string) =>
      Effect.flatMap(Clock.monotonicTimeNanos, (now) => {
        const pace = activity.isOtherActive(organizationId, now) ? besideOthers : alone
        return isPrompt(organizationId, pace, now) || delayed >= maxDelayed ? Effect.void : wait(pace.delay)
      })
  }
}

export const refusalPace = Layer.sync(RefusalPace, make)
