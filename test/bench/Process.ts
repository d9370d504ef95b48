import { Effect, Schedule } from "effect"
import { spawn } from "node:child_process"
import { resolve } from "node:path"
import { freePort } from "../support/freePort.ts"

const root = resolve(import.meta.dirname, "../..")

/** A service that is not ready yet answers 503. */
const isReady = (port: number) =>
  Effect.tryPromise(() => fetch(`http://127.0.0.1:${port}/ready`)).pipe(
    Effect.filterOrFail(({ ok }) => ok),
    Effect.retry({ schedule: Schedule.spaced("100 millis"), times: 300 }),
    Effect.orDie
  )

interface Options {
  readonly execArgs?: ReadonlyArray<string>
  readonly stdout?: "ignore" | "pipe"
}

/** Runs a Node server in its own process until the scope closes. Returns its port and process once it is ready. */
export const serving = Effect.fnUntraced(function*(
  script: string,
  env: Record<string, string>,
  { execArgs = [], stdout = "ignore" }: Options = {}
) {
  const port = yield* Effect.promise(freePort)
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      spawn(process.execPath, [...execArgs, resolve(root, script)], {
        cwd: root,
        env: { PATH: process.env["PATH"] ?? "", ...env, PORT: String(port) },
        stdio: ["ignore", stdout, "inherit"]
      })
    ),
    (child) => Effect.sync(() => child.kill("SIGKILL"))
  )
  yield* isReady(port)
  return { port, pid: child.pid ?? 0, child }
})
