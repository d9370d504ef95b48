import { Effect, Layer, Metric, Option, References } from "effect"
import { Config } from "../Config.ts"
import { IsMeasured, tallied, watched } from "./measure.ts"
import { cpuSeconds, memory, startTime } from "./metrics.ts"
import { otlp } from "./otlp.ts"

/** Several services in one process, as in tests, must not share their metrics. */
const ownRegistry = Layer.sync(Metric.MetricRegistry, () => new Map())

const isSent = Effect.fnUntraced(
  function*(endpoint: typeof Config.otlpEndpoint, exporter: typeof Config.tracesExporter) {
    const hasAddress = [yield* endpoint, yield* Config.otlpEndpoint].some(Option.isSome)
    return hasAddress && (yield* exporter) === "otlp"
  }
)

const startedAt = Date.now() / 1000 - process.uptime()

const usedCpu = () => {
  const { system, user } = process.cpuUsage()
  return (system + user) / 1e6
}

const processMetrics = Layer.effectDiscard(Effect.all([
  watched(memory, () => process.memoryUsage.rss()),
  watched(startTime, () => startedAt),
  tallied(cpuSeconds, usedCpu)
]))

/** Tracing takes a tenth of a request's time, so it is on only if traces are sent. */
export const Telemetry = Layer.unwrap(Effect.gen(function*() {
  const isTraced = yield* isSent(Config.otlpTracesEndpoint, Config.tracesExporter)
  const sendsMetrics = yield* isSent(Config.otlpMetricsEndpoint, Config.metricsExporter)
  const sendsLog = yield* isSent(Config.otlpLogsEndpoint, Config.logsExporter)
  const isMeasured = sendsMetrics || Option.isSome(yield* Config.metricsPort)
  return Layer.mergeAll(
    Layer.succeed(IsMeasured, isMeasured),
    Layer.succeed(References.TracerEnabled, isTraced),
    isMeasured ? processMetrics : Layer.empty,
    isTraced || sendsMetrics || sendsLog ? otlp : Layer.empty
  ).pipe(Layer.provideMerge(ownRegistry))
}))
