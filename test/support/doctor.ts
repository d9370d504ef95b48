import { assert } from "@effect/vitest"
import { ConfigProvider, Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { createServer } from "node:net"
import { diagnosis } from "../../src/commands/doctor/doctor.ts"
import type { Finding, Findings } from "../../src/commands/doctor/Finding.ts"
import * as Database from "../../src/services/database/Database.ts"
import { clerkKeySet } from "./ClerkKeySet.ts"
import { clerkSecret } from "./FakeClerk.ts"
import { freshDatabase, settingsOf } from "./Postgres.ts"
import { clerkSettings, makeKeyPair } from "./Tokens.ts"

type Environment = Readonly<Record<string, string>>

export const keys = makeKeyPair()
export const key = keys.publicPem
const byClerk = {
  ...clerkSettings(key),
  CLERK_SECRET_KEY: clerkSecret
}

/** The doctor finds no problem in this set-up. */
export const healthy = Effect.gen(function*() {
  const env: Record<string, string> = {
    ...byClerk,
    CLERK_API_URL: yield* clerkKeySet(key),
    DATABASE_URL: Redacted.value(yield* freshDatabase),
    HOST: "127.0.0.1",
    PORT: "0"
  }
  return env
})

const textsOf = (kind: Finding["kind"], findings: Findings) =>
  findings.filter((finding) => finding.kind === kind).map(({ text }) => text)

export const examined = (env: Environment) =>
  Effect.map(
    Effect.provide(diagnosis, ConfigProvider.layer(ConfigProvider.fromEnv({ env }))),
    (findings) => ({
      all: findings.map(({ text }) => text).join("\n"),
      advice: textsOf("advice", findings).join("\n"),
      problems: textsOf("problem", findings)
    })
  )

/** Checks that the doctor reports one problem after this change, in a line that matches and has no password. */
export const names = Effect.fnUntraced(function*(change: Environment, line: RegExp) {
  const { all, problems } = yield* examined({ ...yield* healthy, ...change })
  assert.strictEqual(problems.length, 1, all)
  assert.match(problems.join(), line)
  assert.notInclude(problems.join(), "\n")
  assert.notInclude(all, "postgres:postgres")
})

export const changed = (url: string | undefined, change: (parts: URL) => void) => {
  const parts = new URL(url ?? "")
  change(parts)
  return parts.href
}

/** Listens on a port and answers a request for TLS with a refusal, as PostgreSQL does. */
export const listening = Effect.acquireRelease(
  Effect.callback<ReturnType<typeof createServer>>((resume) => {
    const server = createServer((socket) => socket.on("error", () => {}).on("data", () => socket.end("N")))
    server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
  }),
  (server) => Effect.sync(() => server.close())
).pipe(Effect.map((server) => {
  const address = server.address()
  return String(address !== null && typeof address === "object" ? address.port : 0)
}))

export const inDatabase = <A, E>(url: Redacted.Redacted, work: (sql: SqlClient.SqlClient) => Effect.Effect<A, E>) =>
  Effect.provide(SqlClient.SqlClient.use(work), Database.clientOf(settingsOf(url)))

/** Creates a role without any right. It is dropped when the scope closes. */
export const roleIn = Effect.fnUntraced(function*(url: Redacted.Redacted) {
  const name = `doctor_${crypto.randomUUID().slice(0, 8)}`
  yield* Effect.acquireRelease(
    inDatabase(url, (sql) => sql`CREATE ROLE ${sql(name)} LOGIN PASSWORD 'postgres'`),
    () =>
      Effect.orDie(
        inDatabase(url, (sql) => Effect.andThen(sql`DROP OWNED BY ${sql(name)}`, sql`DROP ROLE ${sql(name)}`))
      )
  )
  return { name, as: changed(Redacted.value(url), (parts) => parts.username = name) }
})
