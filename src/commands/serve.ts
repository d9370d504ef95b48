import { Effect, Layer, Option } from "effect"
import { Command } from "effect/cli"
import { setFlagsFromString } from "node:v8"
import { App } from "../App.ts"
import { checkConfig, Config } from "../Config.ts"
import { demoOrganizations } from "../data/demoOrganizations.ts"
import { saveDemoReports } from "../data/demoReports.ts"
import { seedIfEmpty } from "../data/seed.ts"
import { DevelopmentPeople } from "../http/authentication/DevelopmentPeople.ts"
import * as Database from "../services/database/Database.ts"
import { ReadinessProbe } from "../services/database/Readiness.ts"
import { ReportRepo } from "../services/reports/ReportRepo/ReportRepo.ts"

/** Demo reports come with demo rows, once. */
const demo = Effect.flatMap(seedIfEmpty, (rows) => rows === 0 ? Effect.void : saveDemoReports).pipe(
  Effect.provide(ReportRepo.layerSql)
)

/** An empty embedded database is shown with a demo CRM in it; a database of one's own is never written to. */
const DemoData = Layer.unwrap(Effect.map(
  Config.databaseUrl,
  (url) => Option.isSome(url) ? Layer.empty : Layer.effectDiscard(demo)
))

export const served = App.pipe(
  Layer.provide(Layer.succeed(DevelopmentPeople, demoOrganizations)),
  Layer.provide([ReadinessProbe.layerSql, DemoData]),
  Layer.provide(Database.layer)
)

/** After a minute without requests V8 would give memory back, and thousands of requests after that be slower. */
const stayCompiled = Effect.sync(() => setFlagsFromString("--no-memory-reducer"))

export const serving = checkConfig.pipe(Effect.andThen(stayCompiled), Effect.andThen(Layer.launch(served)))

export const serve = Command.make("serve", {}, () => serving).pipe(
  Command.withDescription("Answer requests; this is what happens without a command")
)
