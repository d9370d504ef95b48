import { Effect } from "effect"
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { ended } from "./ended.ts"
import { eventually } from "./eventually.ts"
import { temporaryFolder } from "./folder.ts"
import { freePort } from "./freePort.ts"
import { isListening } from "./isListening.ts"

/** The Debian package `redis-server` contains this program. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0

export const withoutRedis = "there is no redis-server: install it to run this test"

/** Runs a Redis that the test can stop, freeze and start again. It stores nothing on disk. */
export const redisServer = Effect.gen(function*() {
  const port = yield* Effect.promise(freePort)
  const folder = yield* temporaryFolder
  let child: ChildProcess | undefined
  const start = Effect.gen(function*() {
    const options = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"]
    child = spawn("redis-server", options, { stdio: "ignore" })
    yield* eventually(isListening(port), (answered) => answered)
  })
  const signal = (name: NodeJS.Signals) => Effect.sync(() => void child?.kill(name))
  const stop = Effect.gen(function*() {
    yield* signal("SIGKILL")
    const killed = child
    if (killed !== undefined) yield* Effect.promise(() => ended(killed))
  })
  yield* Effect.addFinalizer(() => stop)
  return { url: `redis://127.0.0.1:${port}`, start, stop, signal }
})
