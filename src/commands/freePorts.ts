import { Effect } from "effect"
import { createServer } from "node:net"
import { Config, Misconfigured } from "../Config.ts"
import { listenHost } from "../http/Server.ts"

interface ListenError extends Error {
  readonly code: string
  readonly syscall: string
  readonly address?: string
  readonly port?: number
}

export const isListenError = (error: unknown): error is ListenError =>
  error instanceof Error && "code" in error && "syscall" in error &&
  (error.syscall === "listen" || error.syscall === "getaddrinfo")

export const listenProblem = ({ address, code, message, port }: ListenError, setting = "PORT"): string => {
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} at ${address} is in use: stop the process that uses it, or set ${setting}, such as ${setting}=3001 npm start`
    case "EACCES":
      return `this user may not listen on port ${port}: set ${setting} to a number from 1024, such as ${setting}=3001 npm start`
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `HOST is not an address of this machine (${message}): set HOST to 0.0.0.0 or 127.0.0.1`
    default:
      return `cannot listen (${message}): check HOST and ${setting}`
  }
}

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
