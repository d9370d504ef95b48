import { ConfigProvider, Effect, Layer } from "effect"
import { FetchHttpClient, HttpClient } from "effect/http"
import { Otlp, OtlpSerialization } from "effect/observability"
import { safeTracer } from "./safeTracer.ts"

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

export const otlp = safeTracer.pipe(
  Layer.provideMerge(Otlp.layerFromConfig()),
  Layer.provide([bounded, OtlpSerialization.layerJson]),
  Layer.provide(ConfigProvider.layerAdd(defaults))
)
