import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Config, Console, Effect, Layer } from "effect"
import { Command, Flag } from "effect/cli"
import { reportFailure, teardown } from "../../src/commands/cli.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import * as Database from "../../src/services/database/Database.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { embeddedServer } from "../support/embeddedServer.ts"
import { databaseOn, settingsOf } from "../support/Postgres.ts"
import { now } from "../support/randomTables.ts"
import { agree } from "./agreement.ts"
import { interferes } from "./interference.ts"
import { invariants } from "./invariants.ts"
import { recordPoints } from "./recordPoints.ts"
import { recordPointsInSql } from "./recordPointsInSql.ts"
import { records, recordsInMemory } from "./records.ts"
import { sum } from "./Tried.ts"

const proofs = {
  agreement: agree,
  records,
  "records in memory": recordsInMemory,
  "points in SQL": recordPointsInSql,
  "points in memory": recordPoints,
  "non-interference": interferes,
  invariants
}

const server = Config.Redacted("DATABASE_URL").pipe(Effect.catch(() => embeddedServer))

/** Creates a temporary database on the server of `DATABASE_URL`, or on a server that it starts. */
const database = Layer.unwrap(Effect.gen(function*() {
  const url = yield* databaseOn(yield* server, `crm_reports_proof_${process.pid}`)
  yield* Effect.scoped(Layer.build(Database.layerOf(settingsOf(url))))
  return Layer.merge(Database.clientOf(settingsOf(url)), Admission.layer)
}))

interface Options {
  readonly seed: number
  readonly stores: number
  readonly only: ReadonlyArray<string>
}

const proved = Effect.fnUntraced(
  function*({ only, seed: first, stores }: Options) {
    const seeds = Array.from({ length: stores }, (_, index) => first + index)
    for (const [name, proof] of Object.entries(proofs).filter(([name]) => only.length === 0 || only.includes(name))) {
      const started = performance.now()
      const { cases, telling } = sum(yield* fixedClock(now)(Effect.forEach(seeds, (seed) => proof(seed))))
      const seconds = ((performance.now() - started) / 1_000).toFixed(1)
      yield* Console.log(`${name}: ${stores} stores, ${cases} cases, ${telling} of them not empty, ${seconds} s`)
    }
  }
)

const proof = Command.make("proof", {
  stores: Flag.Int("stores").pipe(
    Flag.withDescription("On how many random stores"),
    Flag.filter((count) => count > 0, () => "Expected one or more"),
    Flag.withDefault(200)
  ),
  only: Flag.String("only").pipe(
    Flag.withDescription(`Only these, separated by commas: ${Object.keys(proofs).join(", ")}`),
    Flag.map((list) => list.split(",")),
    Flag.filter(
      (list) => list.every((name) => Object.hasOwn(proofs, name)),
      () => `some of ${Object.keys(proofs).join(", ")}`
    ),
    Flag.withDefault<ReadonlyArray<string>>([])
  ),
  seed: Flag.Int("seed").pipe(Flag.withDescription("The first store's seed"), Flag.withDefault(0))
}, (given) => Effect.scoped(Effect.provide(proved(given), database))).pipe(
  Command.withDescription("Prove on random stores that SQL and memory agree and that nothing leaks")
)

proof.pipe(
  Command.run({ version: "0.1.0" }),
  reportFailure,
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown })
)
