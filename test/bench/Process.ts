import { Effect, Schedule } from "effect"
import { spawn } from "node:child_process"
import { createServer } from "node:net"
import { resolve } from "node:path"

const root = resolve(import.meta.dirname, "../..")

const freePort = Effect.callback<number>((resume) => {
  const probe = createServer()
  probe.listen(0, "127.0.0.1", () => {
    const address = probe.address()
    probe.close(() => resume(Effect.succeed(address !== null && typeof address === "object" ? address.port : 0)))
  })
})

const listens = (port: number) =>
  Effect.tryPromise(() => fetch(`http://127.0.0.1:${port}/ready`)).pipe(
    Effect.retry({ schedule: Schedule.spaced("100 millis"), times: 300 }),
    Effect.orDie
  )

/** Runs a Node server in its own process until the scope closes. Returns its port and process. */
export const serving = Effect.fnUntraced(function*(script: string, env: Record<string, string>) {
  const port = yield* freePort
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      spawn(process.execPath, [resolve(root, script)], {
        cwd: root,
        env: { PATH: process.env["PATH"] ?? "", ...env, PORT: String(port) },
        stdio: ["ignore", "ignore", "inherit"]
      })
    ),
    (child) => Effect.sync(() => child.kill("SIGKILL"))
  )
  yield* listens(port)
  return { port, pid: child.pid ?? 0 }
})
