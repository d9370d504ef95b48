import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { isFull } from "../proof/storesFor.ts"
import { balancer } from "../support/balancer.ts"
import { runProcess } from "../support/commandLine.ts"
import { inDatabase } from "../support/doctor.ts"
import { eventually } from "../support/eventually.ts"
import { newerVersion } from "../support/newerVersion.ts"
import { isPgbouncerMissing, pgbouncer } from "../support/pgbouncer.ts"
import { directDatabase } from "../support/Postgres.ts"
import { callerOf, type Heard, serviceOn } from "../support/RunningService.ts"
import { makeKeyPair } from "../support/Tokens.ts"
import { report, underLoad } from "../support/underLoad.ts"

const key = makeKeyPair()

const idOf = ({ text }: Heard): string => JSON.parse(text).id

const totalOf = ({ text }: Heard): number => JSON.parse(text).total

const statusesOf = (heard: ReadonlyArray<Heard>) => [...new Set(heard.map(({ status }) => status))].sort()

/** Prepares a database behind PgBouncer. An instance drains before it stops, so a balancer has time to notice. */
const opened = Effect.gen(function*() {
  const direct = yield* directDatabase
  const pooler = yield* pgbouncer(direct)
  const url = pooler.through(direct)
  const start = (program?: string) =>
    serviceOn(url, key, { DRAIN_FOR: "10 seconds" }, program === undefined ? {} : { program })
  return { direct, pooler, url, start }
})

const pair = Effect.gen(function*() {
  const { start, ...others } = yield* opened
  const instances = yield* Effect.all([start(), start()])
  const [one, other] = [callerOf(instances[0].port, key), callerOf(instances[1].port, key)]
  return { ...others, start, instances, one, other }
})

describe.skipIf(isPgbouncerMissing)("two instances behind PgBouncer", () => {
  it.live("two concurrent requests with one idempotency key at two instances create one report", () =>
    Effect.gen(function*() {
      const { one, other } = yield* pair
      const rounds = Array.from({ length: 25 }, (_, round) => ({ "idempotency-key": `round-${round}` }))
      yield* Effect.forEach(rounds, (once) =>
        Effect.gen(function*() {
          const create = (caller: typeof one) => caller.post("/crm-reports", report("Once"), once)
          const heard = yield* Effect.all([create(one), create(other)], { concurrency: 2 })
          const created = heard.filter(({ status }) => status === 201)
          const refused = heard.filter(({ status }) => status === 409)
          assert.isNotEmpty(created)
          assert.strictEqual(created.length + refused.length, 2)
          assert.lengthOf(new Set(created.map(idOf)), 1)
          assert.isTrue(refused.every(({ retryAfter }) => retryAfter !== null))
        }))
      assert.strictEqual(totalOf(yield* one.get("/crm-reports")), rounds.length)
    }))

  it.live.runIf(isFull)(
    "two concurrent changes of one report version at two instances get 200 and 412",
    () =>
      Effect.gen(function*() {
        const { one, other } = yield* pair
        const path = `/crm-reports/${idOf(yield* one.post("/crm-reports", report("First")))}`
        const rounds = Array.from({ length: 25 }, (_, round) => ({ "if-match": `"${round + 1}"` }))
        yield* Effect.forEach(rounds, (version) =>
          Effect.gen(function*() {
            const change = (caller: typeof one) => caller.patch(path, { title: "Changed" }, version)
            const heard = yield* Effect.all([change(one), change(other)], { concurrency: 2 })
            assert.deepStrictEqual(statusesOf(heard), [200, 412])
          }))
      })
  )

  it.live.runIf(isFull)("two concurrent cleanups delete each expired snapshot once", () =>
    Effect.gen(function*() {
      const { one, url } = yield* pair
      const id = idOf(yield* one.post("/crm-reports", report("Kept")))
      yield* one.post(`/crm-reports/${id}/snapshots`, {})
      yield* inDatabase(url, (sql) =>
        sql`
        INSERT INTO crm_report_snapshots
        SELECT (json_populate_record(s, json_build_object('id', gen_random_uuid(), 'expires_at', now() - interval '31 days'))).*
        FROM crm_report_snapshots s, generate_series(1, 5000)`)
      const cleaned = runProcess(["cleanup"], { DATABASE_URL: Redacted.value(url) })
      const ended = yield* Effect.all([cleaned, cleaned], { concurrency: 2 })
      const counts = ended.map(({ out }) => Number(/Deleted ([\d,]+)/.exec(out)?.[1]?.replace(",", "")))
      assert.strictEqual((counts[0] ?? 0) + (counts[1] ?? 0), 5_000)
      assert.strictEqual(totalOf(yield* one.get(`/crm-reports/${id}/snapshots`)), 1)
    }))

  it.live.runIf(isFull)(
    "no request fails while one of two instances under load is ended by SIGTERM",
    () =>
      Effect.gen(function*() {
        const { instances: [ending, staying] } = yield* pair
        const { add, port, untilUnready } = yield* balancer
        yield* Effect.all([add(ending.port), add(staying.port)])
        const heard = yield* underLoad(port, key, ({ goesOn }) =>
          Effect.gen(function*() {
            yield* ending.signal("SIGTERM")
            yield* untilUnready(ending.port)
            assert.strictEqual((yield* ending.ended).code, 0)
            yield* goesOn
          }))
        assert.deepStrictEqual(statusesOf(heard), [200, 201])
      })
  )

  it.live.runIf(isFull)(
    "no request fails during an upgrade to a newer version, nor during the rollback to the older version",
    () =>
      Effect.gen(function*() {
        const { direct, start } = yield* opened
        const { add, port, untilUnready } = yield* balancer
        const older = yield* start()
        yield* add(older.port)
        const replaced = Effect.fnUntraced(function*(former: typeof older, latter: typeof older) {
          yield* add(latter.port)
          yield* former.signal("SIGTERM")
          yield* untilUnready(former.port)
          assert.strictEqual((yield* former.ended).code, 0)
        })
        const heard = yield* underLoad(port, key, ({ goesOn }) =>
          Effect.gen(function*() {
            const newer = yield* start(yield* newerVersion)
            yield* goesOn
            yield* replaced(older, newer)
            yield* goesOn
            yield* replaced(newer, yield* start())
            yield* goesOn
          }))
        assert.deepStrictEqual(statusesOf(heard), [200, 201])
        const [latest] = yield* inDatabase(direct, (sql) =>
          sql`
        SELECT name FROM crm_report_migrations ORDER BY migration_id DESC LIMIT 1`)
        assert.deepStrictEqual(latest, { name: "add_shelf" })
      })
  )

  it.live.runIf(isFull)(
    "requests get 503 with Retry-After while PgBouncer is down, and 200 after its restart",
    () =>
      Effect.gen(function*() {
        const { instances, one, other, pooler } = yield* pair
        const heard = yield* underLoad(instances[0].port, key, ({ goesOn, heard }) =>
          Effect.gen(function*() {
            yield* pooler.kill
            yield* eventually(Effect.sync(() => heard.some(({ status }) => status === 503)), (isTrue) => isTrue)
            yield* goesOn
            yield* pooler.start
            yield* eventually(one.run("leads.total"), ({ faults, status }) => status === 200 && faults[0] === undefined)
            yield* goesOn
          }))
        assert.deepStrictEqual(statusesOf(heard), [200, 201, 503])
        assert.isTrue(heard.every(({ retryAfter, status }) => status !== 503 || retryAfter !== null))
        const recovered = yield* Effect.all(
          Array.from({ length: 20 }, () => [one, other]).flat().map(({ run }) => run("leads.total")),
          { concurrency: 8 }
        )
        assert.deepStrictEqual(
          recovered.map(({ faults, status }) => [status, ...faults]),
          recovered.map(() => [200, undefined])
        )
        yield* Effect.forEach([one, other], ({ get }) => eventually(get("/ready"), ({ status }) => status === 200))
      })
  )
})
