import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Redacted, Scope } from "effect"
import { TestClock } from "effect/testing"
import { stat } from "node:fs/promises"
import { join } from "node:path"
import { runProcess, started } from "../support/commandLine.ts"
import { eventually } from "../support/eventually.ts"
import { temporaryFolder } from "../support/folder.ts"
import { freshDatabase } from "../support/Postgres.ts"
import { serviceOnTestClock } from "../support/serviceOnTestClock.ts"
import { makeKeyPair } from "../support/Tokens.ts"

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString())

const statusOf = (url: string, token?: string) =>
  Effect.promise(async () =>
    (await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })).status
  )

const serving = Effect.gen(function*() {
  const url = yield* freshDatabase
  const dataFolder = yield* temporaryFolder
  const env = {
    DATABASE_URL: Redacted.value(url),
    DEVELOPMENT_SIGN_IN: "true",
    DATA_FOLDER: dataFolder,
    HOST: "127.0.0.1",
    PORT: "0"
  }
  const service = started(["serve"], env)
  yield* Effect.addFinalizer(() => service.signal("SIGKILL"))
  return { env, service, address: `http://127.0.0.1:${yield* service.port}` }
})

describe("the development sign-in", () => {
  it.live("the token command prints only a token for the person, organization and role in its flags", () =>
    Effect.gen(function*() {
      const DATA_FOLDER = yield* temporaryFolder
      const ended = yield* runProcess(["token", "--org", "org_harbor", "--user", "user_ben", "--role", "admin"], {
        DATA_FOLDER
      })
      assert.strictEqual(ended.code, 0)
      assert.strictEqual(ended.err, "")
      assert.match(ended.out, /^[\w-]+\.[\w-]+\.[\w-]+\n$/)
      assert.deepInclude(claimsOf(ended.out), { sub: "user_ben", o: { id: "org_harbor", rol: "admin" } })
    }))

  it.live("without --role, the token command prints a token with the person's role in the demo data", () =>
    Effect.gen(function*() {
      const DATA_FOLDER = yield* temporaryFolder
      const people = ["user_ana", "user_bea", "user_nobody"]
      const tokens = yield* Effect.forEach(people, (user) => runProcess(["token", "--user", user], { DATA_FOLDER }))
      assert.deepStrictEqual(
        tokens.map(({ out }) => claimsOf(out)["o"]),
        ["admin", "member", "member"].map((rol) => ({ id: "org_demo", rol }))
      )
    }))

  it.live("two concurrent token commands create one key file, which only its owner can read", () =>
    Effect.gen(function*() {
      const DATA_FOLDER = yield* temporaryFolder
      const both = yield* Effect.all([runProcess(["token"], { DATA_FOLDER }), runProcess(["token"], { DATA_FOLDER })], {
        concurrency: 2
      })
      const { mode } = yield* Effect.promise(() => stat(join(DATA_FOLDER, "development-sign-in.pem")))
      assert.deepStrictEqual(both.map(({ code }) => code), [0, 0])
      assert.strictEqual(mode & 0o777, 0o600)
    }))

  it.live("the help of the token command lists the demo people", () =>
    Effect.gen(function*() {
      const ended = yield* runProcess(["token", "--help"], {})
      assert.match(ended.out, /org_demo[^]*user_ana +admin +Ana Ferrer/)
    }))

  it.live("the token command fails in production and names CLERK_ISSUER", () =>
    Effect.gen(function*() {
      const ended = yield* runProcess(["token"], { NODE_ENV: "production" })
      assert.strictEqual(ended.code, 1)
      assert.match(ended.err, /CLERK_ISSUER/)
    }))
})

describe("the running service", () => {
  it.live("the running service prints its address and accepts a token of the token command", () =>
    Effect.gen(function*() {
      const { address, env, service } = yield* serving
      yield* service.hasSaid("listens at")
      const { out } = yield* runProcess(["token", "--user", "user_bea"], env)
      assert.strictEqual(yield* statusOf(`${address}/crm-reports/catalog`, out.trim()), 200)
      assert.strictEqual(yield* statusOf(`${address}/crm-reports/catalog`), 401)
      yield* service.signal("SIGTERM")
      const ended = yield* service.ended
      assert.strictEqual(ended.code, 0)
      assert.include(ended.out, `${address}/docs`)
      assert.include(ended.out, "The database has no organization yet: fill it with npm run seed")
      assert.match(ended.out, /Development sign-in/)
    }))

  it.effect("a stopping service gives 503 at /ready for DRAIN_FOR, and then refuses connections", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      const scope = yield* Scope.make()
      const { get } = yield* Scope.provide(serviceOnTestClock(url, makeKeyPair(), { DRAIN_FOR: "1 hour" }), scope)
      assert.strictEqual((yield* get("/ready")).status, 200)
      const closed = yield* Effect.forkChild(Scope.close(scope, Exit.void))
      yield* eventually(get("/ready"), ({ status }) => status === 503)
      assert.strictEqual((yield* get("/health")).status, 200)
      yield* TestClock.adjust("1 hour")
      yield* Fiber.join(closed)
      assert.isTrue(Exit.isFailure(yield* Effect.exit(get("/health"))))
    }))

  it.live("the start in production fails, in a line for each problem, when CLERK_SECRET_KEY is of a development instance", () =>
    Effect.gen(function*() {
      const DATABASE_URL = Redacted.value(yield* freshDatabase)
      const ended = yield* runProcess(["serve"], {
        DATABASE_URL,
        NODE_ENV: "production",
        CLERK_SECRET_KEY: "sk_test_1"
      })
      assert.strictEqual(ended.code, 1)
      assert.match(
        ended.err,
        /^crm-reports: CLERK_ISSUER [^\n]+\ncrm-reports: CLERK_AUTHORIZED_PARTIES [^\n]+\ncrm-reports: [^\n]+development instance[^\n]*\n$/
      )
    }))
})
