import { Data, Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import * as Database from "../../src/services/database/Database.ts"
import { settingsOf } from "../support/settingsOf.ts"
import { multiplied } from "./multiplied.ts"
import { Server } from "./Server.ts"
import { organizationId, seededUntil } from "./widgets.ts"

/** The seed generates this number of leads. Half of them or more belong to the measured organization. */
const generated = { tiny: 400, S: 10_000, M: 1_000_000 }

/** Size L is size M with three more copies of the measured organization's rows. */
const copies = 3

export const sizes = { ...generated, L: generated.M * (1 + copies / 2) }
export type Size = keyof typeof sizes

class NotSeeded extends Data.TaggedError("NotSeeded")<{ readonly code: number | null }> {
  override get message() {
    return `the seed ended with ${this.code}`
  }
}

const on = (url: Redacted.Redacted) => Database.clientOf({ ...settingsOf(url), maxConnections: 1 })

const seedInto = Effect.fnUntraced(function*(url: Redacted.Redacted, size: keyof typeof generated) {
  const main = resolve(import.meta.dirname, "../../src/main.ts")
  const args = ["seed", "--leads", String(generated[size]), "--seed", "1", "--now", seededUntil]
  const env = { ...process.env, DATABASE_URL: Redacted.value(url) }
  const code = yield* Effect.callback<number | null>((resume) => {
    const child = spawn(process.execPath, [main, ...args], { env, stdio: ["ignore", "ignore", "inherit"] })
    child.once("exit", (code) => resume(Effect.succeed(code)))
    return Effect.sync(() => child.kill())
  })
  if (code !== 0) return yield* new NotSeeded({ code })
})

/** Rebuilds the indexes, as if they had been created after the rows. */
const rebuilt = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`REINDEX SCHEMA crm`
  yield* sql`VACUUM ANALYZE`
})

const statements = readFileSync(resolve(import.meta.dirname, "rival/indexes.sql"), "utf8").split(";\n")

/** Replaces the indexes of the service with those for plain SQL. */
const reindexed = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const ours = yield* sql`
    SELECT indexrelid::regclass::text AS name FROM pg_index
    WHERE indexrelid::regclass::text LIKE 'crm.%' AND NOT indisprimary
  `
  yield* Effect.forEach(ours, ({ name }) => sql`DROP INDEX ${sql(String(name))}`)
  yield* Effect.forEach(statements.filter((text) => text.trim() !== ""), (text) => sql.unsafe(text))
})

const peopleIn = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const members = yield* sql`SELECT user_id FROM crm.members WHERE organization_id = ${organizationId} ORDER BY user_id`
  return members.map((member) => String(member["user_id"]))
})

const named = (url: Redacted.Redacted, database: string) => {
  const target = new URL(Redacted.value(url))
  target.pathname = database
  return Redacted.make(target.href)
}

const databasesOf = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql`SELECT datname FROM pg_database`
  return rows.map(({ datname }) => String(datname))
})

/** Fills a database under a temporary name, and renames it when it is complete. */
const made = Effect.fnUntraced(function*<E, R>(
  server: Redacted.Redacted,
  { name, template }: { readonly name: string; readonly template: string },
  fill: (draft: Redacted.Redacted) => Effect.Effect<void, E, R>
) {
  const draft = `${name}_draft`
  const inServer = Effect.fnUntraced(
    function*(statement: (sql: SqlClient.SqlClient) => Effect.Effect<unknown, unknown>) {
      yield* Effect.orDie(statement(yield* SqlClient.SqlClient))
    },
    Effect.provide(on(server))
  )
  if ((yield* Effect.provide(databasesOf, on(server))).includes(name)) return
  yield* inServer((sql) => sql`DROP DATABASE IF EXISTS ${sql(draft)}`)
  yield* inServer((sql) => sql`CREATE DATABASE ${sql(draft)} TEMPLATE ${sql(template)}`)
  yield* fill(named(server, draft))
  yield* inServer((sql) => sql`ALTER DATABASE ${sql(draft)} RENAME TO ${sql(name)}`)
})

const nameOf = (size: Size) => `crm_reports_bench_${size.toLowerCase()}`

const madeOf = Effect.fnUntraced(function*(size: Size): Effect.fn.Return<void, unknown, Server> {
  const server = yield* Server
  const name = nameOf(size)
  if (size !== "L") {
    return yield* made(
      server.url,
      { name, template: "template1" },
      (draft) => Effect.andThen(seedInto(draft, size), Effect.provide(rebuilt, on(draft)))
    )
  }
  yield* madeOf("M")
  yield* made(
    server.url,
    { name, template: nameOf("M") },
    (draft) => Effect.provide(Effect.andThen(multiplied(copies), rebuilt), on(draft))
  )
})

/** Creates or migrates the database of this size. Returns its name and URL, the server's pid, and the people. */
export const seeded = Effect.fnUntraced(function*(size: Size) {
  const server = yield* Server
  const [name, url] = [nameOf(size), named(server.url, nameOf(size))]
  yield* madeOf(size)
  yield* Effect.provide(Effect.void, Database.layerOf(settingsOf(url)))
  return { name, url, pid: server.pid, people: yield* Effect.provide(peopleIn, on(url)) }
})

/** Does the same as `seeded`, and also creates the database for plain SQL. */
export const seededTwice = Effect.fnUntraced(function*(size: Size) {
  const server = yield* Server
  const ours = yield* seeded(size)
  const name = `${ours.name}_rival`
  yield* made(
    server.url,
    { name, template: ours.name },
    (draft) => Effect.provide(Effect.andThen(reindexed, rebuilt), on(draft))
  )
  return { ...ours, rivalUrl: named(server.url, name) }
})
