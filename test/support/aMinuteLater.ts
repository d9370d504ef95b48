import { Clock, Effect } from "effect"

const minuteNanos = 60_000_000_000n

let minutes = 0n

/** Runs the effect with a monotonic clock that is ahead, by one more minute in each call. */
export const aMinuteLater = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.flatMap(Clock.clockWith(Effect.succeed), (clock) => {
    const ahead = ++minutes * minuteNanos
    return Effect.provideService(effect, Clock.Clock, {
      sleep: (duration) => clock.sleep(duration),
      currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe(),
      currentTimeMillis: clock.currentTimeMillis,
      currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe(),
      currentTimeNanos: clock.currentTimeNanos,
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe() + ahead,
      monotonicTimeNanos: Effect.map(clock.monotonicTimeNanos, (now) => now + ahead)
    })
  })
