import { ConfigProvider, Effect, Layer } from "effect"
import { TestConsole } from "effect/testing"
import { spawn, type SpawnOptionsWithoutStdio } from "node:child_process"
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { commandLine } from "../../src/commands/commandLine.ts"

const main = resolve(import.meta.dirname, "../../src/main.ts")

/** The scripts in package.json start this file. */
export const launcher = resolve(import.meta.dirname, "../../src/start.mjs")

/** The scripts in package.json use this cache of compiled modules, which makes a start faster. */
const compileCache = resolve(import.meta.dirname, "../../node_modules/.cache/crm-reports")

const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../package.json"), "utf8")
)

/** The flags that the script of this command gives to Node. */
const flagsOf = (command = "start") => scripts[command]?.split(" ").filter((word) => word.startsWith("--")) ?? []

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts the real command line with only the given variables, PATH and a compile cache. */
export const started = (
  args: ReadonlyArray<string>,
  env: Record<string, string>,
  { program = main, ...options }: SpawnOptionsWithoutStdio & { readonly program?: string } = {}
) => {
  const child = spawn(process.execPath, [...flagsOf(args[0]), program, ...args], {
    ...options,
    env: { PATH: process.env["PATH"] ?? "", NODE_COMPILE_CACHE: compileCache, ...env }
  })
  const said = { out: "", err: "" }
  const listeners = new Set<() => void>()
  const heard = (stream: "out" | "err") => (bytes: Buffer) => {
    said[stream] += bytes.toString()
    for (const listener of listeners) listener()
  }
  child.stdout.on("data", heard("out"))
  child.stderr.on("data", heard("err"))
  const ended = new Promise<Ended>((done) => child.once("close", (code) => done({ code, ...said })))
  const heardText = (text: string) =>
    Effect.callback<void>((resume) => {
      const look = () => said.out.includes(text) && resume(Effect.void)
      listeners.add(look)
      look()
      return Effect.sync(() => listeners.delete(look))
    })
  const hasSaid = (text: string) =>
    Effect.raceFirst(heardText(text), Effect.flatMap(Effect.promise(() => ended), (end) => Effect.die(end)))
  return {
    out: () => said.out,
    signal: (name: NodeJS.Signals) => Effect.sync(() => child.kill(name)),
    /** Waits until the process has printed the text. Dies if the process ends first. */
    hasSaid,
    /** Finds the port of a service that was started with port 0. */
    port: Effect.map(hasSaid("/openapi.json"), () => Number(/\/\/127\.0\.0\.1:(\d+)\/docs/.exec(said.out)?.[1])),
    ended: Effect.promise(() => ended)
  }
}

export const runProcess = (...how: Parameters<typeof started>) =>
  Effect.acquireUseRelease(
    Effect.sync(() => started(...how)),
    (child) => child.ended,
    (child) => child.signal("SIGKILL")
  )

const textOf = (lines: ReadonlyArray<unknown>) => lines.map((line) => `${line}\n`).join("")

/** Runs a command in this process with only the given variables, because a process of its own takes a second of CPU. */
export const run = (args: ReadonlyArray<string>, env: Record<string, string>) => {
  const { program, teardown } = commandLine(args)
  const ended = Effect.gen(function*() {
    const exit = yield* Effect.exit(program)
    const [out, err] = [textOf(yield* TestConsole.logLines), textOf(yield* TestConsole.errorLines)]
    return yield* Effect.callback<Ended>((resume) =>
      teardown(exit, (code) => resume(Effect.succeed({ code, out, err })))
    )
  })
  const only = Layer.merge(TestConsole.layer, ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
  // The command shares no layer and no clock with the test, as in a process of its own.
  return Effect.promise((signal) => Effect.runPromise(Effect.provide(ended, only), { signal }))
}
