import { Effect, Redacted } from "effect"
import { execFile } from "node:child_process"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { atPort } from "./atPort.ts"
import { initialised, serverIn, type Settings } from "./embeddedServer.ts"
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

/** Sends a signal to PostgreSQL and to all of its processes. */
export const signalAll = ({ pid }: { readonly pid?: number | undefined }, signal: NodeJS.Signals) =>
  Effect.promise(async () => {
    if (pid === undefined) throw new Error("the server did not start, so it has no process")
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
  const port = yield* Effect.promise(freePort)
  const standby = serverIn(copy, { ...quick, port: String(port), primary_conninfo: conninfo(primary.url) })
  return { primary, standby, standbyUrl: atPort(primary.url, port) }
})
