import { assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { generateKeyPairSync } from "node:crypto"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { lockFile } from "../../src/services/database/embedded/lockFile.ts"
import { clerkKeySet } from "../support/ClerkKeySet.ts"
import { changed, examined, healthy, inDatabase, key, keys, listening, names, roleIn } from "../support/doctor.ts"
import { temporaryFolder } from "../support/folder.ts"
import { directDatabase, emptyDatabase, freshDatabase } from "../support/Postgres.ts"
import { makeKeyPair } from "../support/Tokens.ts"

/** Loading this package blocks a busy machine for seconds. Loaded during a check, it would make other checks late. */
beforeAll(() => import("@effect/platform-node/NodeRedis"))

describe("a broken set-up", () => {
  it.live("the doctor reports a setting that cannot be read", () =>
    names({ PORT: "abc" }, /^PORT: Expected a whole number/))

  it.live("the doctor reports settings that contradict each other", () =>
    names(
      { NODE_ENV: "production", DEVELOPMENT_SIGN_IN: "true" },
      /^DEVELOPMENT_SIGN_IN is not for production: remove it/
    ))

  it.live.each<readonly [Record<string, string>, RegExp]>([
    [{ DATABSE_POOL: "20" }, /^DATABSE_POOL is not a setting: write DATABASE_POOL$/],
    [
      { FREEZE_TIMEOUT: "2 seconds" },
      /^FREEZE_TIMEOUT is shorter than WIDGET_TIMEOUT, .+: set it to at least 5 seconds$/
    ],
    [{ CLERK_JWT_KEY: keys.privatePem }, /^CLERK_JWT_KEY is a private key, .+: use the public key/],
    [{ CLERK_ISSUER: "https://clerk.crm.example/" }, /^CLERK_ISSUER: .+: write https:\/\/clerk\.crm\.example$/],
    [
      { CLERK_AUTHORIZED_PARTIES: "https://a.example/app" },
      /^CLERK_AUTHORIZED_PARTIES: .+: write https:\/\/a\.example$/
    ]
  ])("the doctor reports %j", ([change, line]) => names(change, line))

  it.live("the doctor reports a missing setting of the sign-in", () =>
    names({ CLERK_ISSUER: "" }, /^CLERK_ISSUER is missing: the address that session tokens name/))

  it.live("the doctor reports a missing sign-in as one problem", () =>
    names(
      { CLERK_ISSUER: "", CLERK_AUTHORIZED_PARTIES: "", CLERK_JWT_KEY: "", CLERK_SECRET_KEY: "" },
      /^the sign-in is missing: set CLERK_ISSUER, .+, or DEVELOPMENT_SIGN_IN=true to try the service without Clerk$/
    ))

  it.live("after a fault of the sign-in, the doctor also reports faults of other settings", () =>
    Effect.gen(function*() {
      const others = { DATABASE_URL: "mysql://a@b/c", SMTP_URL: "smtp://mail.example" }
      const { problems } = yield* examined({ ...yield* healthy, ...others, CLERK_ISSUER: "" })
      const found = problems.map((text) => text.split(" ")[0])
      assert.sameMembers(found, ["CLERK_ISSUER", "DATABASE_URL", "MAIL_FROM", "PUBLIC_URL"])
    }))

  it.live("the doctor reports an address where no Redis listens, without its password", () =>
    names(
      { REDIS_URL: "redis://u:postgres:postgres@127.0.0.1:1" },
      /^no Redis answers at 127\.0\.0\.1:1, so each process counts alone: check REDIS_URL/
    ))

  it.live.each(["http://127.0.0.1:6379", "redis://127.0.0.1:6379/abc", "redis://:p%ss@127.0.0.1:6379"])(
    "the doctor reports the REDIS_URL %s, which is no address of Redis",
    (REDIS_URL) => names({ REDIS_URL }, /^REDIS_URL: Expected an address such as redis:/)
  )

  it.live("the doctor reports an address where no PostgreSQL listens", () =>
    names(
      { DATABASE_URL: "postgres://u:postgres@127.0.0.1:1/db", DATABASE_CONNECT_FOR: "1 second" },
      /^no PostgreSQL at 127\.0\.0\.1:1\/db after 1s \(.+\): check DATABASE_URL$/
    ))

  it.live("the doctor reports a user that PostgreSQL refuses", () =>
    Effect.gen(function*() {
      const url = changed(Redacted.value(yield* emptyDatabase), (parts) => parts.username = "stranger")
      yield* names(
        { DATABASE_URL: url },
        /refuses \(.+"stranger".*\): check (the user and the password in )?DATABASE_URL/
      )
    }))

  it.live("the doctor reports a database that does not exist", () =>
    Effect.gen(function*() {
      const url = changed(Redacted.value(yield* emptyDatabase), (parts) => parts.pathname = "/nowhere")
      yield* names({ DATABASE_URL: url }, /"nowhere" does not exist\): check the name of the database .+ or create it$/)
    }))

  it.live("the doctor reports a server without TLS when sslmode requires it", () =>
    Effect.gen(function*() {
      const url = `postgres://u:postgres@127.0.0.1:${yield* listening}/db?sslmode=require`
      yield* names({ DATABASE_URL: url }, /refuses \(.+TLS\): check DATABASE_URL, whose sslmode asks for TLS$/)
    }))

  it.live("the doctor reports a database that a newer version has migrated", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      yield* inDatabase(url, (sql) => sql`INSERT INTO crm_report_migrations VALUES (999, now(), 'future')`)
      yield* names(
        { DATABASE_URL: Redacted.value(url) },
        /is at migration 999 \(future\), which changes .+: start the version that/
      )
    }))

  it.live("the doctor reports a pool that is too small for replicas", () =>
    names({ REPLICA_ROWS: "1000000", DATABASE_POOL: "2" }, /^REPLICA_ROWS has no effect .+: set DATABASE_POOL to 3/))

  it.live("the doctor reports that standbys need DATABASE_URL, also before the embedded database exists", () =>
    Effect.gen(function*() {
      const more = { DATABASE_URL: "", DATA_FOLDER: yield* temporaryFolder }
      yield* names(
        { ...more, DATABASE_REPLICA_URL: "postgres://u@127.0.0.1/db" },
        /^DATABASE_REPLICA_URL has no effect/
      )
    }))

  it.live("the doctor reports a DATABASE_REPLICA_URL that is no address of PostgreSQL, without its password", () =>
    names({ DATABASE_REPLICA_URL: "http://u:postgres:postgres@h" }, /^DATABASE_REPLICA_URL: an address is not of the/))

  it.live("the doctor reports a missing DATABASE_URL in production", () =>
    names({ NODE_ENV: "production", DATABASE_URL: "" }, /^DATABASE_URL is missing: with NODE_ENV=production the/))

  it.live("the doctor prints its other findings if it cannot check for a pooler", () =>
    Effect.gen(function*() {
      const url = yield* directDatabase
      const { as, name } = yield* roleIn(url)
      yield* inDatabase(url, (sql) => sql`ALTER ROLE ${sql(name)} CONNECTION LIMIT 2`)
      const { all, problems } = yield* examined({ ...yield* healthy, DATABASE_URL: as })
      assert.match(all, /^PostgreSQL .+ answers$/m)
      assert.match(problems.join("\n"), /too many connections for role/)
    }))

  it.live("the doctor reports an address where Clerk does not answer", () =>
    names({ CLERK_API_URL: "http://127.0.0.1:1" }, /^Clerk cannot be reached at http:\/\/127\.0\.0\.1:1: check/))

  it.live("the doctor reports a secret key that Clerk refuses", () =>
    names({ CLERK_SECRET_KEY: "sk_live_wrong" }, /^Clerk refuses CLERK_SECRET_KEY \(status 401\): copy the secret key/))

  it.live("the doctor reports a CLERK_JWT_KEY of another Clerk instance", () =>
    names({ CLERK_JWT_KEY: makeKeyPair().publicPem }, /^CLERK_JWT_KEY is not a key of this Clerk instance: copy/))

  it.live("without CLERK_JWT_KEY, the doctor reports a Clerk that publishes no RSA key", () =>
    Effect.gen(function*() {
      const ofOtherKind = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey
      const CLERK_API_URL = yield* clerkKeySet(ofOtherKind.export({ type: "spki", format: "pem" }).toString())
      yield* names(
        { CLERK_JWT_KEY: "", CLERK_API_URL },
        /^Clerk publishes no RSA key, so no token can be checked: check/
      )
    }))

  it.live("the doctor reports a clock that differs from Clerk's by more than tokens allow", () =>
    Effect.gen(function*() {
      const CLERK_API_URL = yield* clerkKeySet(key, 3600)
      yield* names({ CLERK_API_URL }, /^the clock of this machine is \d+ seconds behind that of Clerk: synchronize it/)
    }))

  it.live("the doctor reports a port that another program uses", () =>
    Effect.gen(function*() {
      const PORT = yield* listening
      yield* names({ PORT }, new RegExp(`^port ${PORT} at 127\\.0\\.0\\.1 is in use: .+ or set PORT`))
    }))

  it.live("the doctor reports a port for metrics that another program uses, and names METRICS_PORT", () =>
    Effect.gen(function*() {
      const METRICS_PORT = yield* listening
      yield* names(
        { METRICS_PORT },
        new RegExp(`^port ${METRICS_PORT} at 127\\.0\\.0\\.1 is in use: .+ or set METRICS_PORT`)
      )
    }))

  it.live("the doctor reports a data folder that cannot be written", () =>
    Effect.gen(function*() {
      const file = join(yield* temporaryFolder, "file")
      yield* Effect.promise(() => writeFile(file, ""))
      yield* names({ DATABASE_URL: "", DATA_FOLDER: file }, /^DATA_FOLDER .+ cannot be written .+: set DATA_FOLDER to/)
    }))

  it.live("the doctor reports that another process uses the embedded database", () =>
    Effect.gen(function*() {
      const DATA_FOLDER = yield* temporaryFolder
      yield* Effect.promise(async () => {
        await mkdir(join(DATA_FOLDER, "pglite"))
        await writeFile(join(DATA_FOLDER, "pglite", "PG_VERSION"), "18\n")
      })
      yield* Effect.acquireRelease(
        Effect.promise(() => lockFile(join(DATA_FOLDER, "pglite-lock.sqlite"))),
        (lock) => Effect.sync(() => lock.close())
      )
      yield* names(
        { DATABASE_URL: "", DATA_FOLDER },
        /does not start \(another process uses it: stop that process, or set DATABASE_URL/
      )
      // Here, the doctor does not know whether the other process is this service.
      yield* names({ DATABASE_URL: "", DATA_FOLDER, CLERK_ISSUER: "" }, /^CLERK_ISSUER is missing/)
    }))
})
