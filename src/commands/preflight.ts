import { Effect, Option } from "effect"
import { resolve } from "node:path"
import { checkConfig, Config } from "../Config.ts"
import { signInSettings } from "../http/authentication/SignInSettings.ts"
import { writableFolder } from "../services/database/embedded/writableFolder.ts"
import { mainPortIsFree, metricsPortIsFree } from "./freePorts.ts"

/** Finds wrong settings and a taken port before anything is created. */
export const preflight = Effect.gen(function*() {
  yield* checkConfig
  const isClerk = Option.isSome(yield* signInSettings)
  const port = yield* mainPortIsFree
  const metricsPorts = yield* Effect.forEach(Option.toArray(yield* Config.metricsPort), metricsPortIsFree)
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
