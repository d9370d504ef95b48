import { Effect, Option } from "effect"
import { resolve } from "node:path"
import { checkConfig, Config, Misconfigured } from "../Config.ts"
import { instanceWarnings, signInSettings } from "../http/authentication/SignInSettings.ts"
import * as Database from "../services/database/Database.ts"
import { writableFolder } from "../services/database/embedded/writableFolder.ts"
import { mailSettings } from "../services/deliveries/mailSettings.ts"
import { designSettings } from "../services/design/designModelLayer.ts"
import { sentencesOf } from "./cli.ts"
import { mainPortIsFree, metricsPortIsFree } from "./freePorts.ts"
import { settingWarnings } from "./settingWarnings.ts"

const checkRules = Effect.validate(
  [
    Effect.asVoid(signInSettings),
    Effect.asVoid(Database.settings),
    Effect.asVoid(designSettings),
    Effect.asVoid(mailSettings)
  ],
  (rule) => rule,
  { discard: true }
).pipe(Effect.mapError((broken) => new Misconfigured({ problems: broken.flatMap(sentencesOf) })))

export const preflight = Effect.gen(function*() {
  yield* checkConfig
  yield* checkRules
  const signIn = yield* signInSettings
  const warnings = [...yield* settingWarnings, ...Option.toArray(signIn).flatMap(instanceWarnings)]
  yield* Effect.forEach(warnings, (problem) => Effect.logWarning(problem))
  const isClerk = Option.isSome(signIn)
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
