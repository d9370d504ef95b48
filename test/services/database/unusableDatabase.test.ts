import { assert, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Redacted, Scope } from "effect"
import { SqlClient } from "effect/sql"
import { connect, createServer, type Server } from "node:net"
import { TLSSocket } from "node:tls"
import * as Database from "../../../src/services/database/Database.ts"
import { run, started } from "../../support/commandLine.ts"
import { eventually } from "../../support/eventually.ts"
import { emptyDatabase, settingsOf } from "../../support/Postgres.ts"
import { selfSigned } from "../../support/selfSigned.ts"

const portOf = (server: Server) => {
  const address = server.address()
  return address !== null && typeof address === "object" ? address.port : 0
}

const listening = (server: Server, port = 0) =>
  Effect.acquireRelease(
    Effect.callback<number>((resume) => {
      server.listen(port, "127.0.0.1", () => resume(Effect.succeed(portOf(server))))
    }),
    () => Effect.sync(() => server.close())
  )

const silentServer = Effect.suspend(() => listening(createServer((socket) => socket.on("error", () => {}))))

/** Starts a server that refuses TLS. */
const withoutTls = Effect.suspend(() =>
  listening(createServer((socket) => socket.on("error", () => {}).on("data", () => socket.write("N"))))
)

/** Starts a server that offers TLS with a self-signed certificate. */
const selfSignedTls = Effect.suspend(() =>
  listening(createServer((socket) =>
    socket.once("data", () => {
      socket.write("S")
      new TLSSocket(socket, { isServer: true, ...selfSigned }).on("error", () => {})
    })
  ))
)

/** Forwards every connection to the server of the URL. */
const relayTo = (url: Redacted.Redacted) => {
  const { hostname, port } = new URL(Redacted.value(url))
  return createServer((socket) => {
    const onward = connect(Number(port || 5432), hostname)
    socket.on("error", () => onward.destroy()).pipe(onward).on("error", () => socket.destroy()).pipe(socket)
  })
}

const changed = (url: Redacted.Redacted, change: (parts: URL) => void) => {
  const parts = new URL(Redacted.value(url))
  change(parts)
  return parts.href
}

const endsWithOneLine = Effect.fnUntraced(function*(env: Record<string, string>, line: RegExp, secret = "hunter2") {
  const ended = yield* run(["migrate"], { DATABASE_CONNECT_FOR: "1 hour", ...env })
  assert.match(ended.err, /^crm-reports: [^\n]+\n$/)
  assert.match(ended.err, line)
  assert.strictEqual(ended.code, 1)
  assert.notInclude(ended.out + ended.err, secret)
})

it.live("a DATABASE_URL of MySQL is refused with a message that omits its password", () =>
  endsWithOneLine({ DATABASE_URL: "mysql://u:hunter2@localhost/db" }, /DATABASE_URL is not of the form postgres:/))

it.live("a DATABASE_URL that is no URL is refused with a message that omits it", () =>
  endsWithOneLine({ DATABASE_URL: "hunter2@localhost" }, /DATABASE_URL is not of the form postgres:/))

const hopeless: ReadonlyArray<readonly [name: string, url: string]> = [
  ["no user name", "postgres://localhost/db"],
  ["a badly escaped password", "postgres://u:hunt%er2@localhost/db"]
]

it.live.each(hopeless)(
  "a DATABASE_URL with %s is refused before any connection attempt",
  ([, url]) => endsWithOneLine({ DATABASE_URL: url }, /DATABASE_URL is not of the form postgres:/)
)

it.live("a migration that a read-only database refuses names DATABASE_URL", () =>
  Effect.gen(function*() {
    const url = changed(yield* emptyDatabase, ({ searchParams }) =>
      searchParams.set("options", "-c default_transaction_read_only=on"))
    yield* endsWithOneLine(
      { DATABASE_URL: url },
      /read-only transaction\): name the primary server and a role .+ DATABASE_URL$/m
    )
  }))

it.live("the migrate command fails after DATABASE_CONNECT_FOR when no server listens on the port", () =>
  endsWithOneLine(
    { DATABASE_URL: "postgres://u:hunter2@127.0.0.1:1/db", DATABASE_CONNECT_FOR: "1 second" },
    /no PostgreSQL at 127\.0\.0\.1:1\/db after 1s \(.*\): check DATABASE_URL/
  ))

it.live("a command that SIGTERM stops prints one line and exits with 130", () =>
  Effect.gen(function*() {
    const server = createServer((socket) => socket.on("error", () => {}))
    const env = { DATABASE_URL: `postgres://u:p@127.0.0.1:${yield* listening(server)}/db` }
    const command = yield* Effect.acquireRelease(
      Effect.sync(() => started(["migrate"], env)),
      (one) => one.signal("SIGKILL")
    )
    yield* Effect.callback<void>((resume) => {
      server.once("connection", () => resume(Effect.void))
    })
    yield* command.signal("SIGTERM")
    const err = "crm-reports: a signal stopped migrate before it was done\n"
    assert.deepStrictEqual(yield* command.ended, { code: 130, out: "", err })
  }))

it.live("the migrate command fails after DATABASE_CONNECT_FOR when the server never answers", () =>
  Effect.gen(function*() {
    const port = yield* silentServer
    yield* endsWithOneLine(
      { DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${port}/db`, DATABASE_CONNECT_FOR: "1 second" },
      /no PostgreSQL at .* after 1s/
    )
  }))

it.live("the migrate command succeeds when the server becomes available after the first attempt", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    let attempts = 0
    const unavailable = createServer((socket) => {
      attempts += 1
      socket.on("error", () => {}).destroy()
    })
    const early = yield* Scope.make()
    const port = yield* Scope.provide(listening(unavailable), early)
    const late = changed(url, (parts) => {
      parts.hostname = "127.0.0.1"
      parts.port = String(port)
    })
    const migrating = yield* Effect.forkChild(
      run(["migrate"], { DATABASE_URL: late, DATABASE_CONNECT_FOR: "1 hour" })
    )
    yield* eventually(Effect.sync(() => attempts), (count) => count > 0)
    yield* Scope.close(early, Exit.void)
    yield* listening(relayTo(url), port)
    assert.propertyVal(yield* Fiber.join(migrating), "code", 0)
  }))

it.live("the migrate command fails without a second attempt when PostgreSQL refuses the user", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const wrong = changed(url, (parts) => {
      parts.username = "stranger"
      parts.password = "hunter2"
    })
    // A server with trust authentication refuses the role instead.
    const refusal = /refuses \((password authentication failed for user|role) "stranger"/
    yield* endsWithOneLine({ DATABASE_URL: wrong }, refusal)
  }))

it.live("the migrate command fails without a second attempt when the database does not exist", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const missing = changed(url, (parts) => parts.pathname = "/nowhere")
    yield* endsWithOneLine({ DATABASE_URL: missing }, /refuses \(database "nowhere" does not exist\)/)
  }))

it.live("the migrate command fails without a second attempt when sslmode requires TLS and the server refuses it", () =>
  Effect.gen(function*() {
    const port = yield* withoutTls
    yield* endsWithOneLine(
      { DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${port}/db?sslmode=require` },
      /refuses \(The server does not support TLS\): check DATABASE_URL/
    )
  }))

it.live("the migrate command fails without a second attempt when the server's certificate is self-signed", () =>
  Effect.gen(function*() {
    const port = yield* selfSignedTls
    yield* endsWithOneLine(
      { DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${port}/db?sslmode=require` },
      /the certificate of PostgreSQL at \S+ is not accepted \(self-signed certificate.*\): check DATABASE_URL and NODE_EXTRA_CA_CERTS/
    )
  }))

it.live("the migrate command refuses a server older than PostgreSQL 15 and names its version", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    yield* Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* sql`CREATE SCHEMA older`
      yield* sql`CREATE FUNCTION older.current_setting(text) RETURNS text LANGUAGE sql RETURN '140011'`
      const database = sql(new URL(Redacted.value(url)).pathname.slice(1))
      yield* sql`ALTER DATABASE ${database} SET search_path TO older, pg_catalog`
    }).pipe(Effect.provide(Database.clientOf(settingsOf(url))))
    yield* endsWithOneLine(
      { DATABASE_URL: Redacted.value(url) },
      /is version 14; 15 or later is needed/,
      "postgres:postgres"
    )
  }))
