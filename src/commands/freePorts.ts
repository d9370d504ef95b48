import { Effect } from "effect"
import { createServer } from "node:net"
import { Config, Misconfigured } from "../Config.ts"
import { listenHost } from "../http/Server.ts"
import { isListenError, listenProblem } from "./listenProblem.ts"

type Setting = "PORT" | "METRICS_PORT"

const portIsFree = Effect.fnUntraced(function*(host: string, port: number, setting: Setting) {
  yield* Effect.acquireUseRelease(
    Effect.sync(() => createServer()),
    (server) =>
      Effect.callback<void, Misconfigured>((resume) => {
        server.once("error", (error) => {
          const problem = isListenError(error) ? listenProblem(error, setting) : error.message
          resume(Effect.fail(Misconfigured.because(problem)))
        })
        server.listen({ host, port }, () => resume(Effect.void))
      }),
    (server) => Effect.callback<void>((resume) => void server.close(() => resume(Effect.void)))
  )
  return port === 0 ? "a free port" : `port ${port}`
})

export const mainPortIsFree = Effect.gen(function*() {
  return yield* portIsFree(yield* listenHost, yield* Config.port, "PORT")
})

/** If both ports are equal, `portIsFree` finds no problem before the start, so they are compared first. */
export const metricsPortIsFree = Effect.fnUntraced(function*(metricsPort: number) {
  if (metricsPort === (yield* Config.port)) {
    return yield* Misconfigured.because("METRICS_PORT is the same as PORT: set METRICS_PORT to another port")
  }
  return yield* portIsFree(yield* listenHost, metricsPort, "METRICS_PORT")
})
