import { assert, layer } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { inject } from "vitest"
import { OrgId } from "../../../src/domain/Ids.ts"
import * as Database from "../../../src/services/database/Database.ts"
import { SqlFailures } from "../../../src/services/database/statements.ts"
import { captureState, enableCapture } from "../../../src/services/replica/changeLog.ts"
import { changeLook } from "../../../src/services/replica/changeLook.ts"
import { changed, examined, healthy, inDatabase, roleIn } from "../../support/doctor.ts"
import { eventually } from "../../support/eventually.ts"
import { samplesIn } from "../../support/exposition.ts"
import { freePort } from "../../support/freePort.ts"
import { say } from "../../support/locks.ts"
import { readMetrics } from "../../support/measuredService.ts"
import { callerOf, serviceOn } from "../../support/RunningService.ts"
import { settingsOf } from "../../support/settingsOf.ts"
import { Pair } from "../../support/standbys.ts"
import { makeKeyPair } from "../../support/Tokens.ts"

/** Runs the doctor on a set-up whose standby has the address `standby`. */
const examinedWith = Effect.fnUntraced(function*(standby: string, more: Record<string, string> = {}) {
  const { primary } = yield* Pair
  return yield* examined({
    ...yield* healthy,
    DATABASE_URL: Redacted.value(primary),
    DATABASE_REPLICA_URL: standby,
    ...more
  })
})

layer(Pair.layer, { excludeTestServices: true })("a service with a standby", (it) => {
  it.effect("the service counts a run on the standby, and the metrics say so", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      const key = makeKeyPair()
      const metricsPort = yield* Effect.promise(freePort)
      const service = yield* serviceOn(primary, key, {
        DATABASE_REPLICA_URL: Redacted.value(standby),
        DATABASE_REPLICA_WAIT: "1 hour",
        METRICS_PORT: String(metricsPort)
      })
      yield* service.hasSaid("a standby is used")
      yield* say(
        primary,
        `INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
        VALUES ('org_a', 'first', 'user_1', 'lead', now())`
      )
      const { text } = yield* callerOf(service.port, key).run("leads.total")
      assert.strictEqual(JSON.parse(text).results[0].stat.value, 1)
      const samples = samplesIn(yield* readMetrics(metricsPort))
      const sources = samples.filter(({ name }) => name === "crm_reports_count_seconds_count")
      assert.deepStrictEqual(sources.map(({ labels }) => labels["source"]), ["standby"])
      assert.notInclude(service.out(), "postgres:postgres")
    }))

  it.effect("the doctor finds no problem with a standby that follows the primary", () =>
    Effect.gen(function*() {
      const { standby } = yield* Pair
      const { all, problems } = yield* examinedWith(Redacted.value(standby), { DATABASE_REPLICA_WAIT: "1 hour" })
      assert.deepStrictEqual(problems, [])
      assert.match(all, /^the standby at 127\.0\.0\.1:\d+\/postgres reached the position of the primary after \d+ ms$/m)
    }))

  it.effect("the doctor reports an address where no standby listens", () =>
    Effect.gen(function*() {
      const { problems } = yield* examinedWith("postgres://u:postgres@127.0.0.1:1/db", {
        DATABASE_CONNECT_FOR: "1 second"
      })
      assert.match(problems.join(), /^no PostgreSQL at 127\.0\.0\.1:1\/db after 1s \(.+\): check DATABASE_REPLICA_URL$/)
    }))

  it.effect("the doctor reports a server that is no standby of the primary", () =>
    Effect.gen(function*() {
      const { primary } = yield* Pair
      for (const other of [inject("serverUrl"), Redacted.value(primary)]) {
        const { problems } = yield* examinedWith(other)
        assert.match(
          problems.join(),
          /^the standby at .+ is not used, because it is not a standby of the server in DATABASE_URL, or .+: check DATABASE_REP/
        )
      }
    }))

  it.effect("the doctor reports a standby that is late", () =>
    Effect.gen(function*() {
      const { standby } = yield* Pair
      yield* Effect.acquireRelease(
        say(standby, "SELECT pg_wal_replay_pause()"),
        () => say(standby, "SELECT pg_wal_replay_resume()")
      )
      const { primary } = yield* Pair
      yield* say(primary, "CREATE TABLE IF NOT EXISTS written (n int)")
      const { problems } = yield* examinedWith(Redacted.value(standby))
      assert.match(problems.join(), /is not used, because it is too far behind the primary, or does not answer/)
    }))

  it.effect("the doctor reports a role that may not read the tables on the standby", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      const { name } = yield* roleIn(primary)
      yield* inDatabase(primary, (sql) => sql`GRANT USAGE ON SCHEMA crm TO ${sql(name)}`)
      const { problems } = yield* examinedWith(changed(Redacted.value(standby), (parts) => parts.username = name))
      assert.match(
        problems.join(),
        new RegExp(`^${name} may not read crm\\.\\w+ on the standby at .+: on the primary, GRANT`)
      )
    }))

  it.effect("a look for changes on a standby does not rely on the change log", () =>
    Effect.gen(function*() {
      const { primary, standby } = yield* Pair
      const clientOf = (url: Redacted.Redacted) =>
        Layer.provideMerge(Layer.fresh(SqlFailures.layer), Database.clientOf(settingsOf(url)))
      const [onPrimary, onStandby] = [clientOf(primary), clientOf(standby)]
      const isLogged = Effect.gen(function*() {
        const look = yield* changeLook
        return (yield* look(OrgId.make("org"), undefined)).isLogged
      })
      yield* Effect.provide(enableCapture, onPrimary)
      assert.isTrue(yield* Effect.provide(isLogged, onPrimary))
      yield* eventually(Effect.provide(captureState, onStandby), ({ isEnabled }) => isEnabled)
      assert.isFalse(yield* Effect.provide(isLogged, onStandby))
    }))
})
