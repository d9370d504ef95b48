import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { mkdir, writeFile } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { launcher, started } from "../support/commandLine.ts"
import { temporaryFolder } from "../support/folder.ts"

/** Returns a module that makes the process report this Node version. */
const lookingLike = (version: string) =>
  `data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"${version}"}})`

/** After the import of this module, `node:util` has no `parseEnv` for the launcher, as before Node 20.12. */
const withoutParseEnv = `data:text/javascript,${
  encodeURIComponent(`import { registerHooks } from "node:module"
registerHooks({
  resolve: (name, context, next) =>
    name === "node:util" && context.parentURL?.endsWith("/src/envFile.mjs")
      ? { url: "data:text/javascript,export default {}", shortCircuit: true }
      : next(name, context)
})`)
}`

const launched = (args: ReadonlyArray<string>, version: string) =>
  started([lookingLike(version), launcher, ...args], {}, { program: "--import" }).ended

const lockProgram = new URL("../../src/services/database/embedded/lockFile.ts", import.meta.url)

/** Locks the file, says so, and keeps the lock if it is asked to. */
const locking = `const { lockFile } = await import("${lockProgram}")
const lock = await lockFile(process.argv[1])
console.log("locked")
if (process.argv[2] === "keep") setInterval(() => lock.isOpen, 1000)`

it.live("the kernel releases the lock of a data folder when its process is killed", () =>
  Effect.gen(function*() {
    const file = join(yield* temporaryFolder, "lock.sqlite")
    const locker = (...args: ReadonlyArray<string>) =>
      Effect.acquireRelease(
        Effect.sync(() =>
          started(["--input-type=module", "-e", locking, file, ...args], {}, { program: "--no-warnings" })
        ),
        (one) => one.signal("SIGKILL")
      )
    const first = yield* locker("keep")
    yield* first.hasSaid("locked")
    const refused = yield* (yield* locker()).ended
    assert.strictEqual(refused.code, 1)
    assert.include(refused.err, "another process uses it")
    yield* first.signal("SIGKILL")
    yield* first.ended
    assert.strictEqual((yield* (yield* locker()).ended).out, "locked\n")
  }))

const healthCheck = fileURLToPath(new URL("../../src/healthCheck.mjs", import.meta.url))

it.live("the health check reads a file .env that begins with U+FEFF, as a start does", () =>
  Effect.gen(function*() {
    const cwd = yield* temporaryFolder
    const server = yield* Effect.acquireRelease(
      Effect.callback<Server>((resume) => {
        const made = createServer((request, response) =>
          response.writeHead(request.url === "/health" ? 204 : 404).end()
        )
        made.listen(0, "127.0.0.1", () => resume(Effect.succeed(made)))
      }),
      (made) => Effect.sync(() => made.close())
    )
    const address = server.address()
    assert.isObject(address)
    const port = typeof address === "object" ? address?.port : undefined
    yield* Effect.promise(() => writeFile(join(cwd, ".env"), `\uFEFFPORT=${port}\n`))
    const { code, err } = yield* started([], {}, { program: healthCheck, cwd }).ended
    assert.deepStrictEqual({ code, err }, { code: 0, err: "" })
  }))

describe("the launcher", () => {
  it.live.each(["18.20.0", "20.20.2", "22.20.1"])(
    "on Node %s, the launcher exits with 1 and prints one line that names npm ci",
    (version) =>
      Effect.gen(function*() {
        const { code, err, out } = yield* launched(["--version"], version)
        assert.deepStrictEqual({ code, out }, { code: 1, out: "" })
        assert.match(
          err,
          /^crm-reports: Node 22\.21 or later is needed, and this is Node [^\n]+`npm ci` brings Node 24[^\n]+\n$/
        )
        assert.include(err, version)
      })
  )

  it.live("a Node without parseEnv also gets the line of the launcher", () =>
    Effect.gen(function*() {
      const args = [lookingLike("20.11.1"), "--import", withoutParseEnv, launcher, "--version"]
      const { code, err, out } = yield* started(args, {}, { program: "--import" }).ended
      assert.deepStrictEqual({ code, out }, { code: 1, out: "" })
      assert.match(err, /^crm-reports: Node 22\.21 or later is needed, and this is Node 20\.11\.1[^\n]+\n$/)
    }))

  it.live.each(["22.21.0", "24.0.0", "26.1.0"])("the launcher runs on Node %s", (version) =>
    Effect.gen(function*() {
      const { code, err, out } = yield* launched(["--version"], version)
      assert.deepStrictEqual({ code, err }, { code: 0, err: "" })
      assert.match(out, /^crm-reports v/)
    }))

  it.live("environment variables take precedence over .env in the working folder", () =>
    Effect.gen(function*() {
      const cwd = yield* temporaryFolder
      yield* Effect.promise(() => writeFile(join(cwd, ".env"), "PORT=from-file\nCLEANUP_HOUR=from-file\n"))
      const { code, err, out } = yield* started(["serve"], { CLEANUP_HOUR: "3" }, { program: launcher, cwd }).ended
      assert.strictEqual(code, 1)
      assert.match(err, /^crm-reports: PORT: [^\n]+\n$/)
      assert.strictEqual(out, "CRM Reports is starting ...\n")
    }))

  /** A start ends with it, even if the file is not noticed. */
  const wrong = { CLEANUP_HOUR: "wrong" }

  const files: ReadonlyArray<readonly [name: string, content: string | Buffer, line: RegExp]> = [
    [
      "that begins with U+FEFF is read",
      "\uFEFFPORT=from-file\n",
      /^crm-reports: PORT: Expected [^\n]+\ncrm-reports: CLEANUP_HOUR: [^\n]+\n$/
    ],
    [
      "with the line ends of Windows is read",
      "NODE_ENV=test\r\nPORT=from-file\r\n",
      /^crm-reports: PORT: Expected [^\n]+\ncrm-reports: CLEANUP_HOUR: [^\n]+\n$/
    ],
    [
      "in UTF-16 is refused",
      Buffer.from("PORT=1\n", "utf16le"),
      /^crm-reports: the file .env is not .+: save it in UTF-8\n$/
    ]
  ]

  it.live.each(files)("a file .env %s", ([, content, line]) =>
    Effect.gen(function*() {
      const cwd = yield* temporaryFolder
      yield* Effect.promise(() => writeFile(join(cwd, ".env"), content))
      const { code, err } = yield* started(["serve"], wrong, { program: launcher, cwd }).ended
      assert.strictEqual(code, 1)
      assert.match(err, line)
    }))

  it.live("a file .env that cannot be read is refused in words", () =>
    Effect.gen(function*() {
      const cwd = yield* temporaryFolder
      yield* Effect.promise(() => mkdir(join(cwd, ".env")))
      const { code, err } = yield* started(["serve"], wrong, { program: launcher, cwd }).ended
      assert.strictEqual(code, 1)
      assert.match(
        err,
        /^crm-reports: the file .env cannot be read \(EISDIR.+\): let this user read it, or remove it\n$/
      )
    }))
})
