import { Clock, Effect, Layer } from "effect"

/** The monotonic time of this clock stands still until a test calls `pass`, also from synchronous code. */
export const countedTime = () => {
  let nanos = 0n
  const layer = Layer.effect(
    Clock.Clock,
    Clock.clockWith((clock) =>
      Effect.succeed<Clock.Clock>({
        sleep: (duration) => clock.sleep(duration),
        currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe(),
        currentTimeMillis: clock.currentTimeMillis,
        currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe(),
        currentTimeNanos: clock.currentTimeNanos,
        monotonicTimeNanosUnsafe: () => nanos,
        monotonicTimeNanos: Effect.sync(() => nanos)
      })
    )
  )
  return { layer, pass: (micros: number): void => void (nanos += BigInt(micros) * 1_000n) }
}
