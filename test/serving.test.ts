import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { stat } from "node:fs/promises"
import { join } from "node:path"
import { run, started } from "./support/commandLine.ts"
import { temporaryFolder } from "./support/folder.ts"
import { freshDatabase } from "./support/Postgres.ts"

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString())

const statusOf = (url: string, token?: string) =>
  Effect.promise(async () =>
    (await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })).status
  )

const freePort = Effect.sync(() => 20_000 + Math.floor(Math.random() * 20_000))

const serving = Effect.gen(function*() {
  const url = yield* freshDatabase
  const dataFolder = yield* temporaryFolder
  const port = yield* freePort
  const env = {
    DATABASE_URL: Redacted.value(url),
    DEVELOPMENT_SIGN_IN: "true",
    DATA_FOLDER: dataFolder,
    HOST: "127.0.0.1",
    PORT: String(port)
  }
  return { env, address: `http://127.0.0.1:${port}` }
})

describe("the development sign-in", () => {
  it.live("prints a token and nothing else, for whom one asks", () =>
    Effect.gen(function*() {
      const DATA_FOLDER = yield* temporaryFolder
      const ended = yield* run(["token", "--org", "org_harbor", "--user", "user_ben", "--role", "admin"], {
        DATA_FOLDER
      })
      assert.strictEqual(ended.code, 0)
      assert.strictEqual(ended.err, "")
      assert.match(ended.out, /^[\w-]+\.[\w-]+\.[\w-]+\n$/)
      assert.deepInclude(claimsOf(ended.out), { sub: "user_ben", o: { id: "org_harbor", rol: "admin" } })
    }))

  it.live("knows the role of the demo people", () =>
    Effect.gen(function*() {
      const DATA_FOLDER = yield* temporaryFolder
      const people = ["user_ana", "user_bea", "user_nobody"]
      const tokens = yield* Effect.forEach(people, (user) => run(["token", "--user", user], { DATA_FOLDER }))
      assert.deepStrictEqual(
        tokens.map(({ out }) => claimsOf(out)["o"]),
        ["admin", "member", "member"].map((rol) => ({ id: "org_demo", rol }))
      )
    }))

  it.live("keeps its key readable by its owner alone, and makes it once", () =>
    Effect.gen(function*() {
      const DATA_FOLDER = yield* temporaryFolder
      const both = yield* Effect.all([run(["token"], { DATA_FOLDER }), run(["token"], { DATA_FOLDER })], {
        concurrency: 2
      })
      const { mode } = yield* Effect.promise(() => stat(join(DATA_FOLDER, "development-sign-in.pem")))
      assert.deepStrictEqual(both.map(({ code }) => code), [0, 0])
      assert.strictEqual(mode & 0o777, 0o600)
    }))

  it.live("lists the demo people in its help", () =>
    Effect.gen(function*() {
      const ended = yield* run(["token", "--help"], {})
      assert.match(ended.out, /org_demo[^]*user_ana +admin +Ana Ferrer/)
    }))

  it.live("makes no tokens where Clerk signs people in", () =>
    Effect.gen(function*() {
      const ended = yield* run(["token"], { NODE_ENV: "production" })
      assert.strictEqual(ended.code, 1)
      assert.match(ended.err, /CLERK_ISSUER/)
    }))
})

describe("the running service", () => {
  it.live("greets with where it is and a request to try, and takes tokens of the command beside it", () =>
    Effect.gen(function*() {
      const { address, env } = yield* serving
      const service = started(["serve"], env)
      yield* Effect.addFinalizer(() => service.signal("SIGKILL"))
      yield* service.hasSaid("curl")
      const { out } = yield* run(["token", "--user", "user_bea"], env)
      assert.strictEqual(yield* statusOf(`${address}/crm-reports/catalog`, out.trim()), 200)
      assert.strictEqual(yield* statusOf(`${address}/crm-reports/catalog`), 401)
      yield* service.signal("SIGTERM")
      const ended = yield* service.ended
      assert.strictEqual(ended.code, 0)
      assert.include(ended.out, `${address}/docs`)
      assert.include(ended.out, `curl -s ${address}/crm-reports/metrics/run`)
      assert.match(ended.out, /Development sign-in/)
    }))

  it.live("says that it is not ready before it refuses connections", () =>
    Effect.gen(function*() {
      const { address, env } = yield* serving
      const service = started(["serve"], { ...env, DRAIN_FOR: "1 second" })
      yield* Effect.addFinalizer(() => service.signal("SIGKILL"))
      yield* service.hasSaid("curl")
      assert.strictEqual(yield* statusOf(`${address}/ready`), 200)
      yield* service.signal("SIGTERM")
      yield* Effect.sleep("300 millis")
      assert.strictEqual(yield* statusOf(`${address}/ready`), 503)
      assert.strictEqual(yield* statusOf(`${address}/health`), 200)
      assert.strictEqual((yield* service.ended).code, 0)
    }))

  it.live("does not start in production with a development instance, and says so in one line", () =>
    Effect.gen(function*() {
      const { env } = yield* serving
      const { DATABASE_URL, PORT } = env
      const ended = yield* run(["serve"], { DATABASE_URL, PORT, NODE_ENV: "production", CLERK_SECRET_KEY: "sk_test_1" })
      assert.strictEqual(ended.code, 1)
      assert.match(ended.err, /^crm-reports: [^\n]+development instance[^\n]*\n$/)
    }))
})
