import { Clock, type Duration, Effect } from "effect"

/** The clocks of two machines may differ by this much. Clerk's library uses the same value. */
export const clockSkewMillis = 5_000

class MonotonicClock implements Clock.Clock {
  readonly wall: Clock.Clock
  constructor(wall: Clock.Clock) {
    this.wall = wall
  }
  currentTimeNanosUnsafe() {
    return this.wall.monotonicTimeNanosUnsafe()
  }
  currentTimeMillisUnsafe() {
    return Number(this.currentTimeNanosUnsafe()) / 1e6
  }
  monotonicTimeNanosUnsafe() {
    return this.wall.monotonicTimeNanosUnsafe()
  }
  get currentTimeNanos() {
    return this.wall.monotonicTimeNanos
  }
  get currentTimeMillis() {
    return Effect.sync(() => this.currentTimeMillisUnsafe())
  }
  get monotonicTimeNanos() {
    return this.wall.monotonicTimeNanos
  }
  sleep(duration: Duration.Duration) {
    return this.wall.sleep(duration)
  }
}

/** Effect measures ages in caches and circuit breakers by the wall clock, which can be set back. */
export const byMonotonicClock = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.clockWith((clock) =>
    clock instanceof MonotonicClock ? effect : Effect.provideService(effect, Clock.Clock, new MonotonicClock(clock))
  )

/** Inside `byMonotonicClock`, an effect that needs the date gets the wall clock again. */
export const byWallClock = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.clockWith((clock) =>
    clock instanceof MonotonicClock ? Effect.provideService(effect, Clock.Clock, clock.wall) : effect
  )
