import { Clock, Effect } from "effect"

const minuteNanos = 60_000_000_000n

/** Runs the effect with a monotonic clock that is a minute ahead. */
export const aMinuteLater = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.flatMap(Clock.clockWith(Effect.succeed), (clock) =>
    Effect.provideService(effect, Clock.Clock, {
      sleep: (duration) => clock.sleep(duration),
      currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe(),
      currentTimeMillis: clock.currentTimeMillis,
      currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe(),
      currentTimeNanos: clock.currentTimeNanos,
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe() + minuteNanos,
      monotonicTimeNanos: Effect.map(clock.monotonicTimeNanos, (now) => now + minuteNanos)
    }))
