import { Data, Duration, Effect, Option, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { spawn } from "node:child_process"
import { resolve } from "node:path"
import * as Database from "../../src/services/Database.ts"
import { Server } from "./Server.ts"
import { organizationId, seededUntil } from "./widgets.ts"

/** How many leads; half of them are in one organization. */
export const sizes = { tiny: 400, S: 10_000, M: 1_000_000, L: 4_000_000 }
export type Size = keyof typeof sizes

class NotSeeded extends Data.TaggedError("NotSeeded")<{ readonly code: number | null }> {
  override get message() {
    return `the seed ended with ${this.code}`
  }
}

const on = (url: Redacted.Redacted) =>
  Database.clientOf({ url: Option.some(url), dataFolder: "", maxConnections: 4, connectFor: Duration.seconds(30) })

const seedInto = Effect.fnUntraced(function*(url: Redacted.Redacted, size: Size) {
  const main = resolve(import.meta.dirname, "../../src/main.ts")
  const args = ["seed", "--leads", String(sizes[size]), "--seed", "1", "--now", seededUntil]
  const env = { ...process.env, DATABASE_URL: Redacted.value(url) }
  const code = yield* Effect.callback<number | null>((resume) => {
    const child = spawn(process.execPath, [main, ...args], { env, stdio: ["ignore", "ignore", "inherit"] })
    child.once("exit", (code) => resume(Effect.succeed(code)))
    return Effect.sync(() => child.kill())
  })
  if (code !== 0) return yield* new NotSeeded({ code })
})

const peopleIn = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const exists = yield* sql`SELECT to_regclass('crm.members') IS NOT NULL AS exists`
  if (exists[0]?.["exists"] !== true) return []
  const members = yield* sql`SELECT user_id FROM crm.members WHERE organization_id = ${organizationId} ORDER BY user_id`
  return members.map((member) => String(member["user_id"]))
})

/** The database of this size on the server, seeded if it is not there yet: its URL, and the people of the organization. */
export const seeded = Effect.fnUntraced(function*(size: Size) {
  const server = yield* Server
  const name = `crm_reports_bench_${size.toLowerCase()}`
  const target = new URL(Redacted.value(server.url))
  target.pathname = name
  const url = Redacted.make(target.href)
  yield* Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const known = yield* sql`SELECT 1 FROM pg_database WHERE datname = ${name}`
    if (known.length === 0) yield* sql`CREATE DATABASE ${sql(name)}`
  }).pipe(Effect.provide(on(server.url)))
  const found = yield* Effect.provide(peopleIn, on(url))
  if (found.length > 0) return { url, pid: server.pid, people: found }
  yield* seedInto(url, size)
  return { url, pid: server.pid, people: yield* Effect.provide(peopleIn, on(url)) }
})
