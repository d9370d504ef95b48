import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Config, Console, Data, Effect, Redacted, Schema } from "effect"
import { spawn } from "node:child_process"
import { cp, readFile, symlink, writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { embeddedServer } from "../support/embeddedServer.ts"
import { temporaryFolder } from "../support/folder.ts"
import { type Mutation, mutations } from "./mutations.ts"

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

/** This number of random stores is enough to catch every planted fault. */
const stores = "6"

class Uncaught extends Data.TaggedError("Uncaught")<{ readonly message: string }> {}

const Report = Schema.fromJsonString(Schema.Struct({
  testResults: Schema.Array(Schema.Struct({
    name: Schema.String,
    message: Schema.optionalKey(Schema.String),
    assertionResults: Schema.Array(Schema.Struct({
      status: Schema.String,
      failureMessages: Schema.NullOr(Schema.Array(Schema.String))
    }))
  }))
}))

const fileOf = (test: string) => join("test", `${test}.test.ts`)

/** Copies the project with these tests. The copy is removed when the scope closes. */
const copyOfTree = Effect.fnUntraced(function*(tests: ReadonlyArray<string>) {
  const folder = yield* temporaryFolder
  const copies = [...copied, ...tests.map(fileOf)].map((name) =>
    Effect.promise(() => cp(join(root, name), join(folder, name), { recursive: true }))
  )
  yield* Effect.all(copies)
  yield* Effect.promise(() => symlink(join(root, "node_modules"), join(folder, "node_modules")))
  return folder
})

const ended = (folder: string, tests: ReadonlyArray<string>, server: Redacted.Redacted) =>
  Effect.callback<string>((resume) => {
    let complaints = ""
    const reporting = ["--reporter=json", "--outputFile=report.json"]
    const child = spawn(
      process.execPath,
      [
        "node_modules/vitest/vitest.mjs",
        "run",
        "--config",
        "test/vitest.config.ts",
        "--update=none",
        ...reporting,
        ...tests.map(fileOf)
      ],
      {
        cwd: folder,
        stdio: ["ignore", "ignore", "pipe"],
        env: { ...process.env, DATABASE_URL: Redacted.value(server), PROOF_STORES: stores }
      }
    )
    child.stderr.on("data", (said) => {
      complaints += String(said)
    })
    child.once("close", () => resume(Effect.succeed(complaints)))
    return Effect.sync(() => child.kill())
  })

interface Outcome {
  readonly hasLoaded: boolean
  /** Contains the first line of each failure, or the reason why no test ran. */
  readonly messages: ReadonlyArray<string>
}

const outcomeOf = Effect.fnUntraced(
  function*(folder: string, tests: ReadonlyArray<string>, server: Redacted.Redacted): Effect.fn.Return<Outcome> {
    const complaints = yield* ended(folder, tests, server)
    const report = yield* Effect.tryPromise(() => readFile(join(folder, "report.json"), "utf8")).pipe(
      Effect.flatMap(Schema.decodeEffect(Report)),
      Effect.orElseSucceed(() => ({ testResults: [] }))
    )
    const results = report.testResults.map(({ assertionResults }) => assertionResults)
    const hasLoaded = results.length === tests.length && results.every((found) => found.length > 0)
    const failures = results.flat().flatMap(({ failureMessages }) => failureMessages ?? [])
    return { hasLoaded, messages: hasLoaded ? failures.map((message) => message.split("\n")[0] ?? "") : [complaints] }
  }
)

const planted = ({ file, find, name, replace }: Mutation, folder: string) =>
  Effect.gen(function*() {
    const path = join(folder, file)
    const parts = (yield* Effect.promise(() => readFile(path, "utf8"))).split(find)
    if (parts.length !== 2) {
      return yield* new Uncaught({ message: `${name}: what to find stands ${parts.length - 1} times in ${file}` })
    }
    yield* Effect.promise(() => writeFile(path, parts.join(replace)))
  })

const isClaim = (message: string) => /^(AssertionError|Broken)\b/.test(message)

const caught = (mutation: Mutation, server: Redacted.Redacted) =>
  Effect.scoped(Effect.gen(function*() {
    const folder = yield* copyOfTree(mutation.tests)
    yield* planted(mutation, folder)
    const { hasLoaded, messages } = yield* outcomeOf(folder, mutation.tests, server)
    const claim = messages.find(isClaim)
    if (!hasLoaded || claim === undefined) {
      return yield* new Uncaught({ message: `${mutation.name}: not caught (${messages[0] ?? "every test passed"})` })
    }
    yield* Console.log(`caught: ${mutation.name} (${claim.slice(0, 90)})`)
  }))

const control = (server: Redacted.Redacted) =>
  Effect.scoped(Effect.gen(function*() {
    const tests = [...new Set(mutations.flatMap(({ tests }) => tests))]
    const { hasLoaded, messages } = yield* outcomeOf(yield* copyOfTree(tests), tests, server)
    if (hasLoaded && messages.length === 0) return
    return yield* new Uncaught({
      message: `the copy without a fault does not pass: ${messages[0] ?? "a file does not load"}`
    })
  }))

const all = Effect.gen(function*() {
  const server = yield* Config.Redacted("DATABASE_URL").pipe(Effect.catch(() => embeddedServer))
  yield* control(server)
  const missed = yield* Effect.forEach(
    mutations,
    (mutation) =>
      Effect.matchEffect(caught(mutation, server), {
        onFailure: (error) => Effect.as(Console.error(error.message), 1),
        onSuccess: () => Effect.succeed(0)
      }),
    { concurrency: 2 }
  )
  const count = missed.filter((one) => one > 0).length
  yield* Console.log(`${mutations.length - count} of ${mutations.length} faults caught`)
  if (count > 0) return yield* new Uncaught({ message: `${count} faults are not caught` })
})

NodeRuntime.runMain(Effect.scoped(all))
