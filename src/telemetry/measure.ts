import { Clock, Context, Effect, type Exit, Metric, References } from "effect"
import { constTrue, constVoid } from "effect/Function"

/** If nothing reads the metrics, requests are neither counted nor timed. */
export const IsMeasured = Context.Reference<boolean>("crm-reports/telemetry/IsMeasured", { defaultValue: () => false })

export const count = (counter: () => Metric.Counter<number>): Effect.Effect<void> =>
  Effect.withFiber((fiber) => {
    if (fiber.getRef(IsMeasured)) counter().updateUnsafe(1, fiber.context)
    return Effect.void
  })

export const timed = (
  histogram: () => Metric.Histogram<number>,
  isObserved: (exit: Exit.Exit<unknown, unknown>) => boolean = constTrue
) =>
<A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.withFiber<A, E, R>((fiber) => {
    if (!fiber.getRef(IsMeasured)) return effect
    const clock = fiber.getRef(Clock.Clock)
    const started = clock.monotonicTimeNanosUnsafe()
    return Effect.onExit(effect, (exit) =>
      Effect.sync(() => {
        if (isObserved(exit)) {
          histogram().updateUnsafe(Number(clock.monotonicTimeNanosUnsafe() - started) / 1e9, fiber.context)
        }
      }))
  })

export const traced = (name: string) => <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.withFiber((fiber) =>
    fiber.getRef(References.TracerEnabled)
      ? Effect.withSpan(effect, name, { captureStackTrace: false })
      : effect
  )

const registered = <State>(metric: Metric.Metric<number, State>, get: () => State) =>
  Effect.acquireRelease(
    Effect.contextWith((context: Context.Context<never>) =>
      Effect.sync(() => Metric.registerUnsafe(metric, context, { get, update: constVoid, modify: constVoid }))
    ),
    ({ remove }) => Effect.sync(remove)
  )

export const watched = (gauge: Metric.Gauge<number>, value: () => number) =>
  registered(gauge, () => ({ value: value() }))

export const tallied = (counter: Metric.Counter<number>, value: () => number) =>
  registered(counter, () => ({ count: value(), incremental: true }))
