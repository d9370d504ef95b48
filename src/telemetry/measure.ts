import { Clock, Context, Effect, type Exit, Metric, References } from "effect"
import { constTrue, constVoid } from "effect/Function"

/** If nothing reads the metrics, requests are neither counted nor timed. */
export const IsMeasured = Context.Reference<boolean>("crm-reports/telemetry/IsMeasured", { defaultValue: () => false })

type Labels<Name extends string> = Readonly<Record<Name, string>>

/** Each combination of labels is one time series, so labels have few values and never ids. */
const series = <Name extends string, M>(make: (attributes: Labels<Name>) => M) => {
  const known = new Map<string, M>()
  return (labels: Labels<Name>): M => {
    const key = Object.values(labels).join("\n")
    const existing = known.get(key)
    if (existing !== undefined) return existing
    const made = make(labels)
    known.set(key, made)
    return made
  }
}

const ours = (name: string) => `crm_reports_${name}`

export const gauge = (name: string, description: string) => Metric.gauge(ours(name), { description })

export const counter = (name: string, description: string) =>
  Metric.counter(ours(name), { description, incremental: true })

export const counterBy = <Name extends string>(name: string, description: string) =>
  series((attributes: Labels<Name>) => Metric.counter(ours(name), { description, attributes, incremental: true }))

const boundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export const secondsBy = <Name extends string>(name: string, description: string) =>
  series((attributes: Labels<Name>) => Metric.histogram(ours(name), { description, attributes, boundaries }))

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
