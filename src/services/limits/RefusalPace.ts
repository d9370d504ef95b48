import { Clock, Context, Duration, Effect, Layer } from "effect"
import { boundedCache } from "../../domain/boundedCache.ts"

const promptPerSecond = 500

const nanosEach = 1_000_000_000n / BigInt(promptPerSecond)

const maxAhead = Duration.toNanosUnsafe("250 millis")

const delay = Duration.millis(250)

const maxDelayed = 2_000

const maxOrganizations = 10_000

/** Delays the refusals of an organization above 500 a second, because they would slow other organizations. */
export const RefusalPace = Context.Reference<(organizationId: string) => Effect.Effect<void>>(
  "crm-reports/services/limits/RefusalPace",
  { defaultValue: () => () => Effect.void }
)

const make = () => {
  const paidUntil = boundedCache<string, bigint>(maxOrganizations)
  let delayed = 0
  const isPrompt = (organizationId: string, now: bigint): boolean => {
    const last = paidUntil.get(organizationId) ?? now
    const until = (last > now ? last : now) + nanosEach
    if (until - now > maxAhead) return false
    paidUntil.set(organizationId, until)
    return true
  }
  const wait = Effect.acquireUseRelease(
    Effect.sync(() => void (delayed += 1)),
    () => Effect.sleep(delay),
    () => Effect.sync(() => void (delayed -= 1))
  )
  return (organizationId: string) =>
    Effect.flatMap(
      Clock.monotonicTimeNanos,
      (now) => isPrompt(organizationId, now) || delayed >= maxDelayed ? Effect.void : wait
    )
}

export const refusalPace = Layer.sync(RefusalPace, make)
