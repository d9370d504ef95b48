import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Console, Data, Duration, Effect } from "effect"
import { spawn } from "node:child_process"
import { globSync } from "node:fs"
import { dirname, join } from "node:path"
import { runProcess as command, started } from "./support/commandLine.ts"
import { temporaryFolder } from "./support/folder.ts"

/** Each client is generated from the golden OpenAPI document, and compiled. A client with a script `start` is run. */
const folders = globSync("clients/*/package.json", { cwd: import.meta.dirname }).map((file) =>
  join(import.meta.dirname, dirname(file))
)

class StepFailed extends Data.TaggedError("StepFailed")<{ readonly step: string; readonly said: string }> {
  override get message() {
    return `${this.step} failed:\n${this.said}`
  }
}

const step = Effect.fnUntraced(function*(cwd: string, args: ReadonlyArray<string>, env: Record<string, string>) {
  const said = yield* Effect.callback<string | undefined>((resume) => {
    const child = spawn("npm", args, { cwd, env: { ...process.env, ...env } })
    const heard: Array<string> = []
    child.stdout.on("data", (bytes: Buffer) => heard.push(bytes.toString()))
    child.stderr.on("data", (bytes: Buffer) => heard.push(bytes.toString()))
    child.once("close", (code) => resume(Effect.succeed(code === 0 ? undefined : heard.join(""))))
    return Effect.sync(() => child.kill())
  })
  if (said !== undefined) return yield* new StepFailed({ step: `${cwd}: npm ${args.join(" ")}`, said })
})

const service = Effect.gen(function*() {
  const DATA_FOLDER = yield* temporaryFolder
  const env = { DATA_FOLDER, HOST: "127.0.0.1", PORT: "0" }
  const child = started(["serve"], env)
  yield* Effect.addFinalizer(() => Effect.andThen(child.signal("SIGTERM"), Effect.asVoid(child.ended)))
  yield* child.hasSaid("listens at")
  const [url = ""] = /http:\/\/[\d.]+:\d+/.exec(child.out()) ?? []
  const { out } = yield* command(["token", "--user", "user_ana"], env)
  return { CRM_URL: url, CRM_TOKEN: out.trim() }
})

const steps = [
  ["ci", "--no-audit", "--no-fund"],
  ["run", "--if-present", "generate"],
  ["run", "--if-present", "types"],
  ["run", "--if-present", "start"]
]

const check = Effect.fnUntraced(function*(folder: string, env: Record<string, string>) {
  const [took] = yield* Effect.timed(
    Effect.forEach(steps, (args) => step(folder, args, env), { discard: true })
  )
  yield* Console.log(`${folder.slice(import.meta.dirname.length + 1)}: ${Math.round(Duration.toSeconds(took))} s`)
})

Effect.gen(function*() {
  const env = yield* service
  yield* Effect.forEach(folders, (folder) => check(folder, env), { concurrency: 2, discard: true })
}).pipe(Effect.scoped, NodeRuntime.runMain)
