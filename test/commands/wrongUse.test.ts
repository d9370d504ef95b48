import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { existsSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { listenProblem } from "../../src/commands/freePorts.ts"
import { run, started } from "../support/commandLine.ts"
import { eventually } from "../support/eventually.ts"
import { temporaryFolder } from "../support/folder.ts"
import { freePort } from "../support/freePort.ts"
import { emptyDatabase } from "../support/Postgres.ts"
import { serviceOn } from "../support/RunningService.ts"
import { makeKeyPair } from "../support/Tokens.ts"

const takenPort = Effect.map(
  Effect.acquireRelease(
    Effect.callback<ReturnType<typeof createServer>>((resume) => {
      const server = createServer().listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) => Effect.sync(() => server.close())
  ),
  (server) => {
    const address = server.address()
    return String(address !== null && typeof address === "object" ? address.port : 0)
  }
)

/** Starts a command with a missing data folder, and checks that it prints `line` and creates no folder. */
const endsBeforeItMakesAnything = Effect.fnUntraced(function*(
  env: Record<string, string>,
  line: RegExp,
  args: ReadonlyArray<string> = []
) {
  const folder = join(yield* temporaryFolder, "data")
  const { code, err } = yield* run(args, { HOST: "127.0.0.1", DATA_FOLDER: folder, ...env })
  assert.strictEqual(code, 1)
  assert.match(err, /^(crm-reports: [^\n]+\n)+$/)
  assert.match(err, line)
  assert.isFalse(existsSync(folder))
})

describe("a start", () => {
  it.live("a start on a port in use fails and names PORT, before it creates a database", () =>
    Effect.gen(function*() {
      const PORT = yield* takenPort
      yield* endsBeforeItMakesAnything({ PORT }, new RegExp(`port ${PORT} at 127\\.0\\.0\\.1 is in use: .*set PORT`))
    }))

  it.live("a start with a METRICS_PORT in use fails and names METRICS_PORT, before it creates a database", () =>
    Effect.gen(function*() {
      const METRICS_PORT = yield* takenPort
      yield* endsBeforeItMakesAnything(
        { PORT: "0", METRICS_PORT },
        new RegExp(`port ${METRICS_PORT} at 127\\.0\\.0\\.1 is in use: .*set METRICS_PORT, such as METRICS_PORT=`)
      )
    }))

  it.live("a start with METRICS_PORT equal to PORT fails, before it creates a database", () =>
    Effect.gen(function*() {
      const PORT = String(yield* Effect.promise(freePort))
      yield* endsBeforeItMakesAnything(
        { PORT, METRICS_PORT: PORT },
        /: METRICS_PORT is the same as PORT: set METRICS_PORT/
      )
    }))

  it.live("a start with a HOST that is no address of the machine fails and names HOST", () =>
    endsBeforeItMakesAnything({ HOST: "192.0.2.1", PORT: "0" }, /HOST is not an address of this machine .*set HOST to/))

  it.live("a start in production without Clerk settings and DATABASE_URL fails and names both in a line each", () =>
    endsBeforeItMakesAnything(
      { NODE_ENV: "production", PORT: "0" },
      /^crm-reports: the sign-in is missing: set CLERK_ISSUER, [^\n]+\ncrm-reports: DATABASE_URL is missing: [^\n]+\n$/
    ))

  it.live("a start with unreadable settings and without others fails and names them all", () =>
    endsBeforeItMakesAnything(
      { NODE_ENV: "production", PORT: "abc", WIDGET_TIMEOUT: "5", CLERK_ISSUER: "https://clerk.crm.example" },
      new RegExp([
        "^crm-reports: PORT: Expected a whole number from 0 to 65535",
        "crm-reports: WIDGET_TIMEOUT: Expected [^\\n]+",
        "crm-reports: CLERK_AUTHORIZED_PARTIES is missing: [^\\n]+",
        "crm-reports: CLERK_JWT_KEY or CLERK_SECRET_KEY is missing: [^\\n]+",
        "crm-reports: DATABASE_URL is missing: [^\\n]+\\n$"
      ].join("\\n"))
    ))

  it.live("a start with a wrong DATABASE_URL and without Clerk settings fails and names both", () =>
    endsBeforeItMakesAnything(
      { DATABASE_URL: "localhost", DATABASE_DIRECT_URL: "mysql://a@b/c", PORT: "0" },
      /: the sign-in is missing: [^\n]+, or DEVELOPMENT_SIGN_IN=true [^\n]+\n.+: DATABASE_URL is not of the form [^\n]+\n.+: DATABASE_DIRECT_URL is not of the form [^\n]+\n$/
    ))

  it.live.each(["migrate", "import acme", "seed", "cleanup"])(
    "in production without DATABASE_URL, the command %s fails with one sentence, before it creates a database",
    (command) =>
      endsBeforeItMakesAnything(
        { NODE_ENV: "production" },
        /^crm-reports: DATABASE_URL is missing: with NODE_ENV=production the service needs a PostgreSQL server\n$/,
        command.split(" ")
      )
  )

  const unwritable: ReadonlyArray<readonly [name: string, place: (folder: string) => string]> = [
    ["is a file", (folder: string) => join(folder, "file")],
    ["is below a file", (folder: string) => join(folder, "file", "data")],
    ["is in /proc", () => "/proc/crm-reports"]
  ]

  it.live.each(unwritable)("a start fails when DATA_FOLDER %s", ([, place]) =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      writeFileSync(join(folder, "file"), "")
      const { code, err } = yield* run([], { HOST: "127.0.0.1", PORT: "0", DATA_FOLDER: place(folder) })
      assert.strictEqual(code, 1)
      assert.match(err, /^crm-reports: DATA_FOLDER [^\n]+ cannot be written [^\n]+: set DATA_FOLDER to [^\n]+\n$/)
    }))

  it.live("a start with the flag --port fails and names the variable PORT", () =>
    Effect.gen(function*() {
      const { code, err } = yield* run(["--port", "4105"], {})
      assert.strictEqual(code, 1)
      assert.match(err, /Settings are environment variables, not flags: PORT=4105 npm start\. \.env\.example lists/)
    }))

  it.live("the help of the start says that settings are environment variables", () =>
    Effect.gen(function*() {
      assert.match((yield* run(["--help"], {})).out, /Settings are environment variables.*\.env\.example/)
    }))

  it.live("a start with a pool that is too small for replicas warns that REPLICA_ROWS has no effect", () =>
    Effect.gen(function*() {
      const service = yield* serviceOn(yield* emptyDatabase, makeKeyPair(), {
        REPLICA_ROWS: "1000",
        DATABASE_POOL: "2"
      })
      assert.match(
        service.out(),
        /level=WARN .*REPLICA_ROWS has no effect while DATABASE_POOL is 2: set DATABASE_POOL to 3/
      )
    }))

  it.live("a start on an empty database prints the commands that fill it", () =>
    Effect.gen(function*() {
      const env = {
        DATABASE_URL: Redacted.value(yield* emptyDatabase),
        DATA_FOLDER: yield* temporaryFolder,
        DEVELOPMENT_SIGN_IN: "true",
        HOST: "127.0.0.1",
        PORT: "0"
      }
      const service = yield* Effect.acquireRelease(
        Effect.sync(() => started([], env)),
        (service) => service.signal("SIGKILL")
      )
      yield* service.hasSaid("fill it with npm run seed or npm run import")
    }))
})

it("the error for a port that needs more rights suggests ports from 1024 on", () => {
  const error = { name: "Error", message: "", code: "EACCES", syscall: "listen", port: 80 }
  assert.strictEqual(
    listenProblem(error),
    "this user may not listen on port 80: set PORT to a number from 1024, such as PORT=3001 npm start"
  )
})

describe("the token command", () => {
  it.live("the token command warns about an unknown person or organization", () =>
    Effect.gen(function*() {
      const DATABASE_URL = Redacted.value(yield* emptyDatabase)
      const env = { DATABASE_URL, DEVELOPMENT_SIGN_IN: "true", DATA_FOLDER: yield* temporaryFolder }
      yield* run(["seed", "--leads", "10"], env)
      // Without an answer of the database within a second, the command prints no warning.
      const warned = (...flags: ReadonlyArray<string>) =>
        eventually(run(["token", ...flags], env), ({ err }) => err !== "")
      const unknownUser = yield* warned("--user", "user_nobody")
      assert.strictEqual(unknownUser.code, 0)
      assert.match(unknownUser.out, /^[\w-]+\.[\w-]+\.[\w-]+\n$/)
      assert.match(
        unknownUser.err,
        /^crm-reports: user_nobody is not a member of org_demo [^\n]+--help lists people\n$/
      )
      const unknownOrganization = yield* warned("--org", "org_x")
      assert.match(unknownOrganization.err, /^crm-reports: org_x is no organization of the database/)
    }))
})
