import { Effect, Redacted } from "effect"
import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { serving } from "../bench/Process.ts"
import { serverIn } from "../support/embeddedServer.ts"
import { temporaryFolder } from "../support/folder.ts"
import { withoutRateLimits } from "../support/RunningService.ts"
import { claims, clerkSettings, makeKeyPair, seconds, sign } from "../support/Tokens.ts"

const key = makeKeyPair()
const main = join(import.meta.dirname, "..", "..", "src", "main.ts")

/** Collects garbage on SIGUSR2 and prints the memory in use. */
const meter = `data:text/javascript,${
  encodeURIComponent(
    "process.on('SIGUSR2', () => { gc(); gc(); process.stdout.write('MEMORY ' + JSON.stringify(process.memoryUsage()) + '\\n') })"
  )
}`

export interface Memory {
  readonly rss: number
  readonly heapUsed: number
  readonly external: number
  readonly arrayBuffers: number
}

const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", jit: "off" }

const ended = (args: ReadonlyArray<string>, env: Record<string, string>) =>
  Effect.callback<void>((resume) => {
    const child = spawn(process.execPath, [main, ...args], { env, stdio: ["ignore", "ignore", "inherit"] })
    child.once("exit", (code) => resume(code === 0 ? Effect.void : Effect.die(`${args.join(" ")} ended with ${code}`)))
  })

const childrenOf = (pid: number) => {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim()
  return text === "" ? [] : text.split(" ").map(Number)
}

const rssOf = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024

/** Runs the service in its own process, on a PostgreSQL with the demo organizations. */
export const fileService = Effect.fnUntraced(function*(leads: number) {
  const { url } = yield* serverIn(yield* temporaryFolder, settings)
  const env = { PATH: process.env["PATH"] ?? "", DATABASE_URL: Redacted.value(url) }
  yield* ended(["seed", "--leads", String(leads)], env)
  const { child, pid, port } = yield* serving("src/main.ts", {
    ...env,
    ...withoutRateLimits,
    HOST: "127.0.0.1",
    ...clerkSettings(key.publicPem)
  }, { execArgs: ["--expose-gc", "--import", meter], stdout: "pipe" })
  const memory = Effect.callback<Memory>((resume) => {
    const heard = (bytes: Buffer) => {
      const [, found] = /MEMORY (\{.*\})/.exec(bytes.toString()) ?? []
      if (found === undefined) return
      child.stdout?.off("data", heard)
      resume(Effect.succeed(JSON.parse(found)))
    }
    child.stdout?.on("data", heard)
    child.kill("SIGUSR2")
  })
  const base = `http://127.0.0.1:${port}/crm-reports`
  const tokenOf = (userId: string, role: "admin" | "member") =>
    sign(key, { ...claims(), sub: userId, exp: seconds() + 3_600, o: { id: "org_demo", rol: role } })
  const ask = (token: string, path: string, init: RequestInit = {}) =>
    Effect.promise(async () => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
      const response = await fetch(`${base}${path}`, { ...init, headers: { ...headers, ...init.headers } })
      return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
    })
  return { ask, memory, tokenOf, childRss: Effect.sync(() => childrenOf(pid).map(rssOf)) }
})
