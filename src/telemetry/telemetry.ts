import { Effect, Layer, Metric, Option, References } from "effect"
import { Config } from "../Config.ts"
import { IsMeasured } from "./measure.ts"
import { otlp } from "./otlp.ts"
import { ProcessMetrics } from "./processMetrics.ts"

/** Several services in one process, as in tests, do not share their metrics. */
const ownRegistry = Layer.sync(Metric.MetricRegistry, () => new Map())

/** Tracing takes a tenth of a request's time, and counting a little, so both need a reader. */
export const Telemetry = Layer.unwrap(Effect.gen(function*() {
  const isSent = Option.isSome(yield* Config.otlpEndpoint)
  const isTraced = isSent && (yield* Config.tracesExporter) === "otlp"
  const isMeasured = Option.isSome(yield* Config.metricsPort) || (isSent && (yield* Config.metricsExporter) === "otlp")
  return Layer.mergeAll(
    Layer.succeed(IsMeasured, isMeasured),
    Layer.succeed(References.TracerEnabled, isTraced),
    isMeasured ? ProcessMetrics : Layer.empty,
    isSent ? otlp : Layer.empty
  ).pipe(Layer.provideMerge(ownRegistry))
}))
