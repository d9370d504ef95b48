import { Clock, Effect } from "effect"

/** `instant` is in epoch milliseconds. Sleeping still takes real time. */
export const fixedClock = (instant: number) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.flatMap(Clock.clockWith(Effect.succeed), (clock) =>
    Effect.provideService(effect, Clock.Clock, {
      sleep: (duration) => clock.sleep(duration),
      currentTimeMillisUnsafe: () => instant,
      currentTimeMillis: Effect.succeed(instant),
      currentTimeNanosUnsafe: () => BigInt(instant) * 1_000_000n,
      currentTimeNanos: Effect.succeed(BigInt(instant) * 1_000_000n),
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
      monotonicTimeNanos: clock.monotonicTimeNanos
    }))
