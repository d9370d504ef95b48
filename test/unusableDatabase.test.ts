import { assert, it } from "@effect/vitest"
import { Effect, Fiber, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { connect, createServer, type Server } from "node:net"
import { TLSSocket } from "node:tls"
import * as Database from "../src/services/database/Database.ts"
import { run } from "./support/commandLine.ts"
import { emptyDatabase, settingsOf } from "./support/Postgres.ts"
import { selfSigned } from "./support/selfSigned.ts"

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

/** Says no to whoever asks for TLS. */
const withoutTls = Effect.suspend(() =>
  listening(createServer((socket) => socket.on("error", () => {}).on("data", () => socket.write("N"))))
)

/** Says yes, and shows a certificate that nobody vouches for. */
const selfSignedTls = Effect.suspend(() =>
  listening(createServer((socket) =>
    socket.once("data", () => {
      socket.write("S")
      new TLSSocket(socket, { isServer: true, ...selfSigned }).on("error", () => {})
    })
  ))
)

/** Passes everything on to where the URL points. */
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
  const ended = yield* run(["migrate"], { DATABASE_CONNECT_FOR: "1 second", ...env })
  assert.match(ended.err, /^crm-reports: [^\n]+\n$/)
  assert.match(ended.err, line)
  assert.strictEqual(ended.code, 1)
  assert.notInclude(ended.out + ended.err, secret)
})

it.live("a URL of something else is named without its password", () =>
  endsWithOneLine({ DATABASE_URL: "mysql://u:hunter2@localhost/db" }, /DATABASE_URL is not of the form postgres:/))

it.live("a text that is no URL is not repeated", () =>
  endsWithOneLine({ DATABASE_URL: "hunter2@localhost" }, /DATABASE_URL is not of the form postgres:/))

const hopeless: ReadonlyArray<readonly [name: string, url: string]> = [
  ["nobody to connect as", "postgres://localhost/db"],
  ["a password that is not well written", "postgres://u:hunt%er2@localhost/db"]
]

it.live.each(hopeless)(
  "a URL with %s is told at once, not after waiting for a server",
  ([, url]) =>
    endsWithOneLine({ DATABASE_URL: url, DATABASE_CONNECT_FOR: "1 hour" }, /DATABASE_URL is not of the form postgres:/)
)

it.live("a server that is not there is given up after the configured time", () =>
  Effect.gen(function*() {
    const started = performance.now()
    yield* endsWithOneLine(
      { DATABASE_URL: "postgres://u:hunter2@127.0.0.1:1/db" },
      /no PostgreSQL at 127\.0\.0\.1:1\/db after 1s \(.*ECONNREFUSED.*\): check DATABASE_URL/
    )
    assert.isAbove(performance.now() - started, 1000)
  }))

it.live("a server that accepts and says nothing is given up too", () =>
  Effect.gen(function*() {
    const port = yield* silentServer
    yield* endsWithOneLine(
      { DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${port}/db` },
      /no PostgreSQL at .* after 1s/
    )
  }))

it.live("a server that comes late is waited for", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const port = yield* Effect.scoped(listening(createServer()))
    const late = changed(url, (parts) => {
      parts.hostname = "127.0.0.1"
      parts.port = String(port)
    })
    const migrating = yield* Effect.forkChild(
      run(["migrate"], { DATABASE_URL: late, DATABASE_CONNECT_FOR: "15 seconds" })
    )
    yield* Effect.sleep("2 seconds")
    yield* listening(relayTo(url), port)
    assert.propertyVal(yield* Fiber.join(migrating), "code", 0)
  }))

it.live("a wrong password is told at once", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const wrong = changed(url, (parts) => {
      parts.username = "stranger"
      parts.password = "hunter2"
    })
    // A server that trusts everybody looks for the role instead.
    const refusal = /refuses \((password authentication failed for user|role) "stranger"/
    yield* endsWithOneLine({ DATABASE_URL: wrong }, refusal)
  }))

it.live("a database that does not exist is told at once", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const missing = changed(url, (parts) => parts.pathname = "/nowhere")
    yield* endsWithOneLine({ DATABASE_URL: missing }, /refuses \(database "nowhere" does not exist\)/)
  }))

it.live("a server without TLS that is to be asked by TLS is told at once", () =>
  Effect.gen(function*() {
    const port = yield* withoutTls
    yield* endsWithOneLine(
      { DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${port}/db?sslmode=require`, DATABASE_CONNECT_FOR: "1 hour" },
      /refuses \(The server does not support TLS\): check DATABASE_URL/
    )
  }))

it.live("a certificate that nobody vouches for is told at once", () =>
  Effect.gen(function*() {
    const port = yield* selfSignedTls
    yield* endsWithOneLine(
      { DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${port}/db?sslmode=require`, DATABASE_CONNECT_FOR: "1 hour" },
      /the certificate of PostgreSQL at \S+ is not accepted \(self-signed certificate.*\): check DATABASE_URL and NODE_EXTRA_CA_CERTS/
    )
  }))

it.live("a server older than 15 is told apart", () =>
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
