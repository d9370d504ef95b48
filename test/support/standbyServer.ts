import { Effect, Redacted } from "effect"
import { execFile } from "node:child_process"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { atPort } from "./atPort.ts"
import { initialised, serverIn, type Settings } from "./embeddedServer.ts"
import { eventually } from "./eventually.ts"
import { temporaryFolder } from "./folder.ts"
import { freePort } from "./freePort.ts"
import { signalled } from "./signalled.ts"

const run = promisify(execFile)

/** Copies the files of a primary that has not been started yet, so that the copy can stream everything from it. */
const copied = async (from: string, to: string) => {
  const { data } = await initialised(from)
  await run("cp", ["-a", data, join(to, "data")])
  await writeFile(join(to, "data", "standby.signal"), "")
}

const conninfo = (primary: Redacted.Redacted) => {
  const { hostname, password, port, username } = new URL(Redacted.value(primary))
  return `host=${hostname} port=${port} user=${username} password=${password}`
}

/** With these settings, PostgreSQL is fast. A crash of the machine would lose data, a crash of PostgreSQL would not. */
const quick: Settings = { fsync: "off", full_page_writes: "off", jit: "off" }

interface Server {
  readonly pid?: number | undefined
}

/** Returns a line for each process that `ps` finds. */
const psOf = async (...args: ReadonlyArray<string>) => {
  const found = await run("ps", args).catch((error: unknown) => {
    // `ps` found no process.
    if (error instanceof Error && "code" in error && error.code === 1) return { stdout: "" }
    throw error
  })
  return found.stdout.split("\n").map((line) => line.trim()).filter((line) => line !== "")
}

const processesOf = async ({ pid }: Server) => {
  if (pid === undefined) throw new Error("the server did not start, so it has no process")
  return [pid, ...(await psOf("-o", "pid=", "--ppid", String(pid))).map(Number)]
}

/** Sends a signal to PostgreSQL and to all of its processes. */
export const signalAll = (server: Server, signal: NodeJS.Signals) =>
  Effect.promise(async () => {
    for (const each of await processesOf(server)) signalled(each, signal)
  })

/**
 * Kills PostgreSQL and all of its processes, and waits for their end. PostgreSQL cannot be started again while a process
 * still uses its shared memory.
 */
export const killed = Effect.fnUntraced(function*(server: Server) {
  // A stopped server starts no process that the list lacks.
  yield* signalAll(server, "SIGSTOP")
  const all = yield* Effect.promise(() => processesOf(server))
  all.forEach((each) => signalled(each, "SIGKILL"))
  const states = Effect.promise(() => psOf("-o", "stat=", "-p", all.join()))
  yield* eventually(states, (found) => found.every((state) => state.startsWith("Z")))
})

/** A frozen server accepts connections and does not answer. It continues when the scope closes. */
export const frozen = (server: Server) =>
  Effect.acquireRelease(signalAll(server, "SIGSTOP"), () => signalAll(server, "SIGCONT"))

/** Runs a primary until the scope closes. `standby` runs its streaming standby, always at the same address. */
export const primaryWithStandby = Effect.fnUntraced(function*(settings: Settings = {}) {
  const [folder, copy] = [yield* temporaryFolder, yield* temporaryFolder]
  yield* Effect.promise(() => copied(folder, copy))
  const primary = yield* serverIn(folder, { ...quick, ...settings })
  const port = yield* Effect.promise(freePort)
  const standby = serverIn(copy, { ...quick, port: String(port), primary_conninfo: conninfo(primary.url) })
  return { primary, standby, standbyUrl: atPort(primary.url, port) }
})
