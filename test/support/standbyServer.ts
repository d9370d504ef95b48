import { Effect, Redacted } from "effect"
import { execFile } from "node:child_process"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { initialised, serverIn, type Settings } from "./embeddedServer.ts"
import { temporaryFolder } from "./folder.ts"
import { freePort } from "./freePort.ts"

const run = promisify(execFile)

/** The primary has not been started yet, so a copy of its files can stream everything from it. */
const copied = async (from: string, to: string) => {
  const { data } = await initialised(from)
  await run("cp", ["-a", data, join(to, "data")])
  await writeFile(join(to, "data", "standby.signal"), "")
}

const conninfo = (primary: Redacted.Redacted) => {
  const { hostname, password, port, username } = new URL(Redacted.value(primary))
  return `host=${hostname} port=${port} user=${username} password=${password}`
}

/** A crash of the machine would lose data, and a crash of PostgreSQL does not. */
const quick: Settings = { fsync: "off", full_page_writes: "off", jit: "off" }

/** A backend may end after it was listed. */
const signalled = (pid: number, signal: NodeJS.Signals) => {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error
  }
}

/** Sends a signal to PostgreSQL and to all of its processes. */
export const signalAll = ({ pid = 0 }: { readonly pid?: number | undefined }, signal: NodeJS.Signals) =>
  Effect.promise(async () => {
    const { stdout } = await run("ps", ["-o", "pid=", "--ppid", String(pid)])
    for (const each of [pid, ...stdout.trim().split(/\s+/).map(Number)]) signalled(each, signal)
  })

/** A frozen server accepts connections and does not answer. It continues when the scope closes. */
export const frozen = (server: { readonly pid?: number | undefined }) =>
  Effect.acquireRelease(signalAll(server, "SIGSTOP"), () => signalAll(server, "SIGCONT"))

/** Runs a primary until the scope closes. `standby` runs its streaming standby, always at the same address. */
export const primaryWithStandby = Effect.fnUntraced(function*(settings: Settings = {}) {
  const [folder, copy] = [yield* temporaryFolder, yield* temporaryFolder]
  yield* Effect.promise(() => copied(folder, copy))
  const primary = yield* serverIn(folder, { ...quick, ...settings })
  const port = String(yield* Effect.promise(freePort))
  const standby = serverIn(copy, { ...quick, port, primary_conninfo: conninfo(primary.url) })
  const standbyUrl = Redacted.make(Redacted.value(primary.url).replace(/:\d+\//, `:${port}/`))
  return { primary, standby, standbyUrl }
})
