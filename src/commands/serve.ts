import * as NodeServices from "@effect/platform-node/NodeServices"
import { Effect, Layer, Option } from "effect"
import { Command } from "effect/cli"
import { SqlClient } from "effect/sql"
import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { setFlagsFromString } from "node:v8"
import { App } from "../App.ts"
import { checkConfig, Config, Misconfigured } from "../Config.ts"
import { saveDemo } from "../data/demoReports.ts"
import { keepPeople } from "../data/people.ts"
import { byDefault, seedIfEmpty } from "../data/seed.ts"
import { instanceWarnings, signInSettings } from "../http/authentication/SignInSettings.ts"
import { announce, logging } from "../http/startupMessage.ts"
import * as Database from "../services/database/Database.ts"
import { writableFolder } from "../services/database/embedded/writableFolder.ts"
import { ReadinessProbe } from "../services/database/Readiness.ts"
import { mailSettings } from "../services/deliveries/mailSettings.ts"
import { designSettings } from "../services/design/designModelLayer.ts"
import { formatCount, sentencesOf } from "./cli.ts"
import { mainPortIsFree, metricsPortIsFree } from "./freePorts.ts"
import { developmentPeople, developmentRoles } from "./knownPeople.ts"
import { settingWarnings } from "./settingWarnings.ts"

const settingIn = (sentence: string) => /^[A-Z_]+/.exec(sentence)?.[0] ?? sentence

/** A setting that an earlier check names is not named again. */
const addedTo = (known: ReadonlyArray<string>, found: ReadonlyArray<string>): ReadonlyArray<string> => {
  const names = new Set(known.map(settingIn))
  return [...known, ...found.filter((sentence) => !names.has(settingIn(sentence)))]
}

const checkSettings = Effect.validate(
  [
    checkConfig,
    Effect.asVoid(signInSettings),
    Effect.asVoid(Database.settings),
    Effect.asVoid(designSettings),
    Effect.asVoid(mailSettings)
  ],
  (check) => check,
  { discard: true }
).pipe(
  Effect.mapError((broken) => new Misconfigured({ problems: broken.map(sentencesOf).reduce(addedTo, []) }))
)

const warned = (warnings: ReadonlyArray<string>) =>
  Effect.forEach(warnings, (warning) => Effect.logWarning(warning), { discard: true })

export const preflight = Effect.gen(function*() {
  yield* Effect.flatMap(settingWarnings, warned)
  yield* checkSettings
  const signIn = yield* signInSettings
  yield* warned(Option.toArray(signIn).flatMap(instanceWarnings))
  const isClerk = Option.isSome(signIn)
  const port = yield* mainPortIsFree
  const metricsPorts = yield* Effect.forEach(Option.toArray(yield* Config.metricsPort), metricsPortIsFree)
  const folder = yield* Config.dataFolder
  const isEmbedded = Option.isNone(yield* Config.databaseUrl)
  const usesFolder = isEmbedded || !isClerk
  if (usesFolder) yield* writableFolder(folder)
  const kept = isEmbedded ? "the embedded PostgreSQL" : "its key pair"
  const parts = [port, isClerk ? "sign-in by Clerk" : "the development sign-in"]
  return [
    ...parts,
    ...metricsPorts.map((found) => `metrics on ${found}`),
    ...(usesFolder ? [`${kept} in ${resolve(folder)}`] : [])
  ].join(", ")
})

const databaseStep = Effect.gen(function*() {
  if (Option.isSome(yield* Config.databaseUrl)) return "Connecting to the database of DATABASE_URL ..."
  const folder = join(yield* Config.dataFolder, "pglite")
  return existsSync(join(folder, "PG_VERSION"))
    ? `Opening the embedded PostgreSQL in ${folder} ...`
    : `Creating an embedded PostgreSQL in ${folder}, which takes a few seconds ...`
})

/** Only this process uses the embedded database, so an unanswered idempotency key is from a process that ended. */
export const forgetUnansweredKeys = SqlClient.SqlClient.use((sql) =>
  sql`DELETE FROM crm_report_idempotency_keys WHERE status IS NULL`
)

const demoData = Effect.gen(function*() {
  if (Option.isSome(yield* Config.databaseUrl)) return
  const leads = formatCount(byDefault.leads)
  yield* seedIfEmpty(
    announce(`Making demo data, ${leads} leads in two organizations ...`),
    saveDemo
  )
  yield* forgetUnansweredKeys
  yield* keepPeople
})

const announced = Layer.unwrap(Effect.map(Effect.flatMap(databaseStep, announce), () => Database.layer))

export const served = App.pipe(
  Layer.provide([ReadinessProbe.layerSql, developmentPeople, developmentRoles]),
  Layer.provide(Layer.effectDiscard(Effect.provide(demoData, NodeServices.layer))),
  Layer.provide(announced)
)

/** After an idle minute, V8 would discard compiled code, which slows later requests. */
const stayCompiled = Effect.sync(() => setFlagsFromString("--no-memory-reducer"))

export const serving = preflight.pipe(
  Effect.flatMap((found) => announce(`Settings are in order: ${found}`)),
  Effect.andThen(stayCompiled),
  Effect.andThen(Layer.launch(served)),
  Effect.provide(logging)
)

export const serve = Command.make("serve", {}, () => serving).pipe(
  Command.withDescription("Answer requests; the default command")
)
