import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Config, Console, Data, Duration, Effect, Option, Pool, Redacted } from "effect"
import { cp, readFile, symlink } from "node:fs/promises"
import { availableParallelism } from "node:os"
import { join, resolve } from "node:path"
import { embeddedServer } from "../support/embeddedServer.ts"
import { temporaryFolder } from "../support/folder.ts"
import { chosenFaults } from "./chosenFaults.ts"
import { laneIn } from "./laneIn.ts"
import type { Mutation } from "./mutations.ts"
import { isClaim, type Outcome, type Trial } from "./Trial.ts"

const root = resolve(import.meta.dirname, "../..")
const copied = [
  "src",
  "migrations",
  "docs/operations.md",
  "docs/observability",
  "package.json",
  "tsconfig.json",
  "test/vitest.config.ts",
  "test/support",
  "test/page/support",
  "test/conformance",
  "test/proof",
  "test/golden",
  "test/gallery",
  "test/wishes"
]

/** With this number of random stores, the tests catch every planted fault. */
const stores = 6

class Uncaught extends Data.TaggedError("Uncaught")<{ readonly message: string }> {}

/** A test file that takes longer hangs, so its fault counts as not caught. On two quiet cores, the longest takes two minutes. */
const limit = "15 minutes"

const mutations = await chosenFaults(process.argv.slice(2))

const tests = [...new Set(mutations.flatMap(({ tests }) => tests))]

const fileOf = (test: string) => join("test", `${test}.test.ts`)

/** Copies the parts of the project that `tests` need. The copy is removed when the scope closes. */
const copyOfTree = Effect.gen(function*() {
  const folder = yield* temporaryFolder
  const copies = [...copied, ...tests.map(fileOf)].map((name) =>
    Effect.promise(() => cp(join(root, name), join(folder, name), { recursive: true }))
  )
  yield* Effect.all(copies)
  yield* Effect.promise(() => symlink(join(root, "node_modules"), join(folder, "node_modules")))
  return folder
})

const lane = Effect.fnUntraced(function*(server: Redacted.Redacted) {
  const env = { ...process.env, NODE_ENV: "test", DATABASE_URL: Redacted.value(server) }
  return yield* laneIn(yield* copyOfTree, env)
})

type Lane = Effect.Success<ReturnType<typeof laneIn>>
type Lanes = Pool.Pool<Lane>

interface Timed extends Outcome {
  readonly seconds: number
}

/** Tries a fault in a lane, which is a process with its own copy of the project. Replaces a lane that hangs or ends. */
const outcomeOf = (lanes: Lanes, trial: Trial) =>
  Effect.scoped(Effect.gen(function*() {
    const lane = yield* Pool.get(lanes)
    const [took, outcome] = yield* lane.tried(trial).pipe(Effect.timeout(limit), Effect.option, Effect.timed)
    const seconds = Duration.toSeconds(took)
    if (Option.isNone(outcome) || outcome.value.hangs === true) yield* Pool.invalidate(lanes, lane)
    return Option.isSome(outcome) ? { ...outcome.value, seconds } satisfies Timed : {
      hasLoaded: false,
      messages: ["the tests did not end in time, or ended their process"],
      seconds
    } satisfies Timed
  }))

/** Runs the test files one after the other, until an assertion fails. */
const outcomeOfAll = (
  lanes: Lanes,
  [test, ...others]: ReadonlyArray<string>,
  trial: Omit<Trial, "test">
): Effect.Effect<Timed> =>
  Effect.gen(function*() {
    if (test === undefined) return { hasLoaded: true, messages: [], seconds: 0 }
    const outcome = yield* outcomeOf(lanes, { ...trial, test })
    if (!outcome.hasLoaded || outcome.messages.some(isClaim)) return outcome
    const later = yield* outcomeOfAll(lanes, others, trial)
    return { ...later, messages: [...outcome.messages, ...later.messages], seconds: outcome.seconds + later.seconds }
  })

const isOnce = ({ file, find }: Mutation) =>
  Effect.map(Effect.promise(() => readFile(join(root, file), "utf8")), (text) => text.split(find).length === 2)

const caught = Effect.fnUntraced(function*(mutation: Mutation, lanes: Lanes) {
  const { name, seed = 0, tests, ...fault } = mutation
  if (!(yield* isOnce(mutation))) {
    return yield* new Uncaught({ message: `${name}: its text is not once in ${fault.file}` })
  }
  const { hasLoaded, messages, seconds } = yield* outcomeOfAll(lanes, tests, { fault, seed, stores })
  const claim = messages.find(isClaim)
  if (!hasLoaded || claim === undefined) {
    return yield* new Uncaught({ message: `${name}: not caught (${messages[0] ?? "every test passed"})` })
  }
  yield* Console.log(`caught in ${seconds.toFixed(1)} s: ${name} (${claim.slice(0, 90)})`)
})

/** Fails unless the test file passes without a fault. */
const control = Effect.fnUntraced(function*(test: string, lanes: Lanes) {
  const { hasLoaded, messages, seconds } = yield* outcomeOf(lanes, { test, seed: 0, stores: 1 })
  if (!hasLoaded || messages.length > 0) {
    return yield* new Uncaught({
      message: `${test} does not pass without a fault: ${messages[0] ?? "it does not load"}`
    })
  }
  yield* Console.log(`passes in ${seconds.toFixed(1)} s: ${test}`)
})

const isMissed = (check: Effect.Effect<void, Uncaught>) =>
  Effect.matchEffect(check, {
    onFailure: (error) => Effect.as(Console.error(error.message), true),
    onSuccess: () => Effect.succeed(false)
  })

const all = Effect.gen(function*() {
  const server = yield* Config.Redacted("DATABASE_URL").pipe(Effect.catch(() => embeddedServer))
  const lanes = yield* Pool.make({ acquire: lane(server), size: availableParallelism() + 1 })
  const checks = [
    ...tests.map((test) => control(test, lanes)),
    ...mutations.map((mutation) => caught(mutation, lanes))
  ]
  const isBad = yield* Effect.all(checks.map(isMissed), { concurrency: "unbounded" })
  const unsound = isBad.slice(0, tests.length).filter(Boolean).length
  const missed = isBad.slice(tests.length).filter(Boolean).length
  yield* Console.log(`${mutations.length - missed} of ${mutations.length} faults caught`)
  if (unsound + missed > 0) {
    return yield* new Uncaught({ message: `${missed} faults are not caught, ${unsound} files fail without a fault` })
  }
})

NodeRuntime.runMain(Effect.scoped(all))
