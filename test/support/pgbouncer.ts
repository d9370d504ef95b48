import { Effect, Redacted } from "effect"
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { chmod, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { atPort } from "./atPort.ts"
import { ended } from "./ended.ts"
import { eventually } from "./eventually.ts"
import { temporaryFolder } from "./folder.ts"
import { freePort } from "./freePort.ts"
import { isListening } from "./isListening.ts"
import { unprivileged } from "./unprivileged.ts"

/** Debian installs PgBouncer in a folder that is not in every PATH. */
const env = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin` }

export const isPgbouncerMissing = spawnSync("pgbouncer", ["--version"], { env, stdio: "ignore" }).status !== 0

if (isPgbouncerMissing) {
  process.stderr.write("Tests with PgBouncer are skipped: install the package pgbouncer.\n")
}

/** The pool is small, so that clients share its connections to PostgreSQL. */
const settings = {
  listen_addr: "127.0.0.1",
  unix_socket_dir: "",
  auth_type: "scram-sha-256",
  pool_mode: "transaction",
  default_pool_size: "8",
  max_client_conn: "1000",
  // After this time, PgBouncer closes its connections to the database of an ended test.
  server_idle_timeout: "5",
  // By default, PgBouncer waits longer between two attempts to connect.
  server_login_retry: "0.1"
}

const written = async (folder: string, server: URL, port: number, more: Readonly<Record<string, string>>) => {
  const [config, users] = [join(folder, "pgbouncer.ini"), join(folder, "users.txt")]
  const lines = Object.entries({ ...settings, listen_port: String(port), auth_file: users, ...more })
  const head = `[databases]\n* = host=${server.hostname} port=${server.port}\n[pgbouncer]\n`
  await chmod(folder, 0o711)
  await writeFile(users, `"${server.username}" "${server.password}"\n`, { mode: 0o644 })
  await writeFile(config, head + lines.map(([name, value]) => `${name} = ${value}\n`).join(""), { mode: 0o644 })
  return config
}

/** Runs PgBouncer in transaction mode in front of a server, until the scope closes. */
export const pgbouncer = Effect.fnUntraced(
  function*(server: Redacted.Redacted, more: Readonly<Record<string, string>> = {}) {
    const target = new URL(Redacted.value(server))
    const port = yield* Effect.promise(freePort)
    const folder = yield* temporaryFolder
    const config = yield* Effect.promise(() => written(folder, target, port, more))
    let child: ChildProcess | undefined
    const start = Effect.gen(function*() {
      const started = spawn("pgbouncer", [config], { ...unprivileged(), env, stdio: "ignore" })
      child = started
      const swept = () => started.kill("SIGKILL")
      process.once("exit", swept)
      started.once("exit", () => process.off("exit", swept))
      yield* eventually(isListening(port), (isTrue) => isTrue)
    })
    const kill = Effect.promise(async () => {
      child?.kill("SIGKILL")
      if (child !== undefined) await ended(child)
    })
    yield* Effect.acquireRelease(start, () => kill)
    const through = (url: Redacted.Redacted) => atPort(url, port)
    return { port, through, kill, start }
  }
)
