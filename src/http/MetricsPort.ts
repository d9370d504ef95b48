import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Duration, Effect, Layer, Option, References } from "effect"
import { HttpServer, HttpServerRequest, HttpServerResponse } from "effect/http"
import { PrometheusMetrics } from "effect/observability"
import { createServer } from "node:http"
import { Config } from "../Config.ts"
import { gracefulClose, listenHost } from "./Server.ts"

const contentType = "text/plain; version=0.0.4; charset=utf-8"

/** There is no router here, because a second router would share its routes with the API. */
const answer = Effect.gen(function*() {
  const { url } = yield* HttpServerRequest.HttpServerRequest
  if (url !== "/metrics") return HttpServerResponse.empty({ status: 404 })
  return HttpServerResponse.text(yield* PrometheusMetrics.format(), { contentType })
})

/** A scrape is short, so a connection that is still open after this time is closed. */
const grace = Duration.seconds(1)

const makeServer = () => {
  const server = createServer()
  gracefulClose(server, grace)
  return server
}

const servedOn = (host: string, port: number) =>
  HttpServer.serve(answer).pipe(
    Layer.provide(NodeHttpServer.layer(makeServer, { host, port, gracefulShutdownTimeout: grace })),
    Layer.provide(Layer.succeed(References.TracerEnabled, false))
  )

export const Prometheus = Layer.unwrap(Effect.gen(function*() {
  const host = yield* listenHost
  return Option.match(yield* Config.metricsPort, {
    onNone: () => Layer.empty,
    onSome: (port) => servedOn(host, port)
  })
}))
