import { Effect, Option } from "effect"
import { createServer } from "node:net"
import { resolve } from "node:path"
import { checkConfig, Config, Misconfigured } from "../Config.ts"
import { signInSettings } from "../http/authentication/SignInSettings.ts"
import { writableFolder } from "../services/database/embedded/writableFolder.ts"

export const portIsFree = Effect.fnUntraced(function*(host: string, port: number) {
  yield* Effect.acquireUseRelease(
    Effect.sync(() => createServer()),
    (server) =>
      Effect.callback<void, Error>((resume) => {
        server.once("error", (error) => resume(Effect.fail(error)))
        server.listen({ host, port }, () => resume(Effect.void))
      }),
    (server) => Effect.callback<void>((resume) => void server.close(() => resume(Effect.void)))
  )
  return port === 0 ? "a free port" : `port ${port}`
})

/** Finds wrong settings and a taken port before anything is created. */
export const preflight = Effect.gen(function*() {
  yield* checkConfig
  const isClerk = Option.isSome(yield* signInSettings)
  const host = yield* Config.host
  const port = yield* portIsFree(host, yield* Config.port)
  const metrics = Option.toArray(yield* Config.metricsPort)
  const metricsPorts = yield* Effect.forEach(
    metrics,
    (wanted) =>
      Effect.mapError(
        portIsFree(host, wanted),
        () => new Misconfigured({ problems: [`METRICS_PORT: port ${wanted} at ${host} is in use or not allowed`] })
      )
  )
  const folder = yield* Config.dataFolder
  const usesFolder = Option.isNone(yield* Config.databaseUrl) || !isClerk
  if (usesFolder) yield* writableFolder(folder)
  const parts = [port, isClerk ? "sign-in by Clerk" : "the development sign-in"]
  return [
    ...parts,
    ...metricsPorts.map((found) => `metrics on ${found}`),
    ...(usesFolder ? [`data in ${resolve(folder)}`] : [])
  ].join(", ")
})
