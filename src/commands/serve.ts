import * as NodeServices from "@effect/platform-node/NodeServices"
import { Effect, Layer, Option } from "effect"
import { Command } from "effect/cli"
import { SqlClient } from "effect/sql"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { setFlagsFromString } from "node:v8"
import { App } from "../App.ts"
import { Config } from "../Config.ts"
import { saveDemo } from "../data/demoReports.ts"
import { keepPeople } from "../data/people.ts"
import { byDefault, seedIfEmpty } from "../data/seed.ts"
import { announce, logging } from "../http/startupMessage.ts"
import * as Database from "../services/database/Database.ts"
import { ReadinessProbe } from "../services/database/Readiness.ts"
import { formatCount } from "./cli.ts"
import { developmentPeople, developmentRoles } from "./knownPeople.ts"
import { preflight } from "./preflight.ts"

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
