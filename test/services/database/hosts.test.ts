import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Redacted, Result } from "effect"
import { SqlClient } from "effect/sql"
import { addressOf } from "../../../src/services/database/address.ts"
import * as Database from "../../../src/services/database/Database.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { run } from "../../support/commandLine.ts"
import { eventually } from "../../support/eventually.ts"
import { freePort } from "../../support/freePort.ts"
import { say } from "../../support/locks.ts"
import { pickyPooler } from "../../support/pickyPooler.ts"
import { directDatabase, settingsOf } from "../../support/Postgres.ts"
import { killed, primaryWithStandby } from "../../support/standbyServer.ts"

const found = (url: string) =>
  Result.map(
    addressOf(Redacted.make(url)),
    ({ mustWrite, shown, urls }) => ({ mustWrite, shown, urls: urls.map(Redacted.value) })
  )

describe("an address with several hosts", () => {
  it("each host in an address has its own port, and shares the other parts of the address", () => {
    assert.deepStrictEqual(
      found("postgres://u:p%40@h1:5432,h2,[::1]:6/db?sslmode=require"),
      Result.succeed({
        mustWrite: true,
        shown: "h1:5432,h2,[::1]:6/db",
        urls: ["h1:5432", "h2", "[::1]:6"].map((host) => `postgres://u:p%40@${host}/db?sslmode=require`)
      })
    )
  })

  it("a comma in the password does not separate hosts", () => {
    assert.deepStrictEqual(
      found("postgres://u:a,b@h/db"),
      Result.succeed({ mustWrite: false, shown: "h/db", urls: ["postgres://u:a,b@h/db"] })
    )
  })

  const wanted: ReadonlyArray<readonly [hosts: string, query: string, mustWrite: boolean]> = [
    ["h", "", false],
    ["h", "?target_session_attrs=read-write", true],
    ["h1,h2", "", true],
    ["h1,h2", "?target_session_attrs=primary", true],
    ["h1,h2", "?target_session_attrs=any", false]
  ]

  it.each(wanted)("for the hosts %s and the query string “%s”, mustWrite is %s", (hosts, query, mustWrite) => {
    assert.deepInclude(Result.getOrUndefined(found(`postgres://u@${hosts}/db${query}`)), { mustWrite })
  })

  it.each([
    ["postgres://u@h1,,h2/db", "is not of the form"],
    ["postgres://u@h1:1,h2:x/db", "is not of the form"],
    ["postgres://u@h1,h2/db?target_session_attrs=standby", "may have target_session_attrs=read-write"],
    ["postgres://u@h/db?ssl=true", "has the parameter ssl, which has no effect: write sslmode=require"],
    ["postgres://u@h1,h2/db?sslmode=prefer", "has several hosts, and so sslmode may be"]
  ])("the address %s is refused with a message that it %s", (url, sentence) => {
    assert.include(Result.getOrUndefined(Result.flip(found(url))), sentence)
  })
})

/** Returns one URL with the hosts of these URLs, in this order. */
const together = (query: string, ...urls: ReadonlyArray<Redacted.Redacted>) => {
  const parts = urls.map((url) => new URL(Redacted.value(url)))
  const url = new URL(parts[0]?.href ?? "")
  return Redacted.make(
    `postgres://${url.username}:${url.password}@${parts.map(({ host }) => host).join(",")}${url.pathname}${query}`
  )
}

const isStandby = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql`SELECT pg_is_in_recovery() AS "isStandby"`
  return row?.["isStandby"]
})

const endSessions = `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
  WHERE a.application_name = 'crm-reports' AND a.datname = current_database()`

const nowhere = Effect.map(
  Effect.promise(freePort),
  (port) => Redacted.make(`postgres://postgres@127.0.0.1:${port}/db`)
)

describe("a pool with several hosts", () => {
  const asked = (url: Redacted.Redacted) => Effect.provide(isStandby, Database.clientOf(settingsOf(url)))

  const outcome = (url: Redacted.Redacted) =>
    Effect.match(asked(url), { onFailure: String, onSuccess: (found) => `standby: ${found}` })

  it.live("a pool skips a host that does not answer", () =>
    Effect.gen(function*() {
      const url = yield* directDatabase
      const { password, username, pathname } = new URL(Redacted.value(url))
      const silent = Redacted.make(
        Redacted.value(yield* nowhere).replace("postgres@", `${username}:${password}@`).replace("/db", pathname)
      )
      assert.strictEqual(yield* outcome(together("", silent, url)), "standby: false")
      assert.strictEqual(yield* outcome(together("?target_session_attrs=any", silent, url)), "standby: false")
    }))

  it.live("migrate prints which hosts do not answer, without the password", () =>
    Effect.gen(function*() {
      const [one, other] = [yield* nowhere, yield* nowhere]
      const hosts = [one, other].map((url) => new URL(Redacted.value(url)).host).join(",")
      const env = { DATABASE_URL: `postgres://u:hunter2@${hosts}/db`, DATABASE_CONNECT_FOR: "1 second" }
      const { err } = yield* run(["migrate"], env)
      assert.match(
        err,
        new RegExp(`^crm-reports: no PostgreSQL at ${hosts}/db after 1s \\(.*\\): check DATABASE_URL\n$`)
      )
    }))

  it.live("behind a pooler, migrate prints that the pooler hides which host accepts writes", () =>
    Effect.gen(function*() {
      const { url } = yield* pickyPooler(yield* directDatabase, "transaction_read_only")
      const { err } = yield* run(["migrate"], { DATABASE_URL: `${Redacted.value(url)}?target_session_attrs=primary` })
      assert.match(err, /^crm-reports: a pooler at .+ hides which host accepts writes: add target_session_attrs=any to/)
    }))

  const pair = Effect.gen(function*() {
    const { primary, standby, standbyUrl } = yield* primaryWithStandby()
    yield* standby
    assert.isTrue(yield* asked(standbyUrl))
    return { primary, standbyUrl }
  })

  it.live("connections go to the host that accepts writes, also after a standby has become the primary", () =>
    Effect.gen(function*() {
      const { primary, standbyUrl } = yield* pair
      yield* Effect.gen(function*() {
        assert.isFalse(yield* isStandby)
        yield* killed(primary)
        assert.isTrue(Exit.isFailure(yield* Effect.exit(isStandby)))
        yield* say(standbyUrl, "SELECT pg_promote()")
        yield* eventually(Effect.exit(isStandby), Exit.isSuccess)
        assert.isFalse(yield* isStandby)
      }).pipe(Effect.provide(Database.clientOf(settingsOf(together("", standbyUrl, primary.url)))))
    }))

  it.live("after the first host was lost, connections go to the second, also while the wall clock stands still", () =>
    Effect.gen(function*() {
      const server = yield* directDatabase
      const [first, second] = [yield* pickyPooler(server, "none"), yield* pickyPooler(server, "none")]
      yield* Effect.gen(function*() {
        assert.isFalse(yield* isStandby)
        first.close()
        yield* say(server, endSessions)
        let attempts = 0
        // An attempt takes 10 ms or more, and the hosts are tried again after 500 ms.
        yield* eventually(
          Effect.suspend(() => {
            assert.isBelow(attempts++, 100, "no attempt reaches the second host")
            return Effect.exit(isStandby)
          }),
          Exit.isSuccess
        )
      }).pipe(Effect.provide(Database.clientOf(settingsOf(together("", first.url, second.url)))), fixedClock(0))
    }))

  it.live("a standby is used with target_session_attrs=any, and refused with target_session_attrs=primary", () =>
    Effect.gen(function*() {
      const { primary, standbyUrl } = yield* pair
      assert.isTrue(yield* asked(together("?target_session_attrs=any", standbyUrl, primary.url)))
      const env = {
        DATABASE_URL: `${Redacted.value(standbyUrl)}?target_session_attrs=primary`,
        // A single attempt to connect has the same limit, which a busy machine must not reach.
        DATABASE_CONNECT_FOR: "5 seconds"
      }
      const refusal = /no PostgreSQL at .+ after 5s \(cannot set transaction read-write mode during recovery\)/
      assert.match((yield* run(["migrate"], env)).err, refusal)
    }))
})
