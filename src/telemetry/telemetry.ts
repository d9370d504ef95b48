import { Cause, ConfigProvider, Effect, Exit, Layer, Metric, Option, References, Tracer } from "effect"
import { FetchHttpClient, HttpClient } from "effect/http"
import { Otlp, OtlpSerialization } from "effect/observability"
import { Config } from "../Config.ts"
import { IsMeasured, tallied, watched } from "./measure.ts"
import { cpuSeconds, memory, startTime } from "./metrics.ts"

/** These defaults apply only to an exporter with an address. */
const defaults = ConfigProvider.fromEnv({
  env: {
    OTEL_SERVICE_NAME: "crm-reports",
    OTEL_TRACES_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_LOGS_EXPORTER: "otlp"
  }
})

/** This failure makes the exporter drop its data and pause for a minute. */
const giveUp = Effect.die(new Error("the collector does not answer"))

const mostUnfinished = 8

/** A collector that hangs must not fill the memory with unsent data. */
const bounded = Layer.effect(
  HttpClient.HttpClient,
  Effect.map(HttpClient.HttpClient, (client) => {
    let unfinished = 0
    return HttpClient.transformResponse(client, (response) =>
      Effect.suspend(() => {
        if (unfinished >= mostUnfinished) return giveUp
        unfinished += 1
        return response.pipe(
          Effect.tap(({ arrayBuffer }) => Effect.ignore(arrayBuffer)),
          Effect.timeoutOrElse({ duration: "10 seconds", orElse: () => giveUp }),
          Effect.ensuring(Effect.sync(() => {
            unfinished -= 1
          }))
        )
      }))
  })
).pipe(Layer.provide(FetchHttpClient.layer))

/** Other attributes can contain SQL, addresses with their query, or text of a client. */
const shown = new Set([
  "http.request.method",
  "http.response.status_code",
  "http.route",
  "db.system.name",
  "db.client.connection.wait_time_ms"
])

/** The message of an error can contain text of a client. */
const failed = Exit.fail("failed")

const withoutContent = (span: Tracer.Span): Tracer.Span => {
  const attribute = span.attribute.bind(span)
  const end = span.end.bind(span)
  return Object.assign(span, {
    attribute: (key: string, value: unknown) => {
      if (shown.has(key)) attribute(key, value)
    },
    event: () => {},
    end: (endTime: bigint, exit: Exit.Exit<unknown, unknown>) =>
      end(endTime, Exit.isFailure(exit) && !Cause.hasInterruptsOnly(exit.cause) ? failed : exit)
  })
}

const safeTracer = Layer.effect(
  Tracer.Tracer,
  Effect.map(Tracer.Tracer, (tracer) =>
    Tracer.make({
      context: tracer.context,
      span: (options) => withoutContent(tracer.span(options))
    }))
)

const otlp = safeTracer.pipe(
  Layer.provideMerge(Otlp.layerFromConfig()),
  Layer.provide([bounded, OtlpSerialization.layerJson]),
  Layer.provide(ConfigProvider.layerAdd(defaults))
)

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
