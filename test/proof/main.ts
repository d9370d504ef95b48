import { NodeRuntime } from "@effect/platform-node"
import { Config, Console, Effect, Layer } from "effect"
import { parseArgs } from "node:util"
import * as Database from "../../src/services/Database.ts"
import { embeddedServer } from "../support/embeddedServer.ts"
import { at } from "../support/fixedClock.ts"
import { databaseOn, settingsOf } from "../support/Postgres.ts"
import { now } from "../support/randomTables.ts"
import { agree } from "./agreement.ts"
import { interferes } from "./interference.ts"
import { invariants } from "./invariants.ts"
import { sum } from "./Tried.ts"

const { values: given } = parseArgs({
  options: { stores: { type: "string", default: "200" }, seed: { type: "string", default: "0" } }
})

const proofs = { agreement: agree, "non-interference": interferes, invariants }

const seeds = Array.from({ length: Number(given.stores) }, (_, index) => Number(given.seed) + index)

const server = Config.Redacted("DATABASE_URL").pipe(Effect.catch(() => embeddedServer))

/** A database of its own, on the server of `DATABASE_URL` or one that is started for it. */
const database = Layer.unwrap(Effect.gen(function*() {
  const url = yield* databaseOn(yield* server, `crm_reports_proof_${process.pid}`)
  yield* Effect.scoped(Layer.build(Database.layerOf(settingsOf(url))))
  return Database.clientOf(settingsOf(url))
}))

const proved = Effect.gen(function*() {
  for (const [name, proof] of Object.entries(proofs)) {
    const started = performance.now()
    const { cases, telling } = sum(yield* at(now)(Effect.forEach(seeds, (seed) => proof(seed))))
    const seconds = ((performance.now() - started) / 1_000).toFixed(1)
    yield* Console.log(`${name}: ${seeds.length} stores, ${cases} cases, ${telling} of them not empty, ${seconds} s`)
  }
})

NodeRuntime.runMain(Effect.scoped(Effect.provide(proved, database)))
