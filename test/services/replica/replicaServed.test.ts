import { assert, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { samplesIn } from "../../support/exposition.ts"
import { folderWithDatabase } from "../../support/folderWithDatabase.ts"
import { freePort } from "../../support/freePort.ts"
import { holding, say, waitingOn } from "../../support/locks.ts"
import { freshDatabase } from "../../support/Postgres.ts"
import { callerOf, serviceOn } from "../../support/RunningService.ts"
import { makeKeyPair } from "../../support/Tokens.ts"

const insertedLead = (id: string) => `
  INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
  VALUES ('org_a', '${id}', 'user_1', 'lead', now())`

const valueIn = (text: string): unknown => JSON.parse(text).results[0].stat.value

/** Returns the number of counts by source, from the metrics of the service. */
const countsOn = (port: string) =>
  Effect.map(
    Effect.promise(async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
    (text) =>
      Object.fromEntries(
        samplesIn(text)
          .filter(({ name }) => name === "crm_reports_count_seconds_count")
          .map(({ labels, value }) => [labels["source"], value])
      )
  )

it.live(
  "from an organization's eleventh run on, the service answers from a replica that includes later writes",
  () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      const key = makeKeyPair()
      const METRICS_PORT = String(yield* Effect.promise(freePort))
      const service = yield* serviceOn(url, key, { REPLICA_ROWS: "10000", WIDGET_TIMEOUT: "10 minutes", METRICS_PORT })
      const counts = countsOn(METRICS_PORT)
      const { run } = callerOf(service.port, key)
      yield* say(url, insertedLead("first"))
      const total = Effect.map(run("leads.total"), ({ text }) => valueIn(text))
      for (let asked = 0; asked < 10; asked++) assert.strictEqual(yield* total, 1)
      yield* service.hasSaid("replica loaded")
      assert.deepStrictEqual(yield* counts, { sql: 10 })
      yield* say(url, insertedLead("second"))
      assert.strictEqual(yield* total, 2)
      assert.deepStrictEqual(yield* counts, { sql: 10, replica: 1 })
      yield* Effect.scoped(Effect.gen(function*() {
        yield* holding(url, "crm.leads")
        assert.strictEqual(yield* total, 2)
        assert.deepStrictEqual(yield* waitingOn(url), [])
      }))
      yield* say(url, "DELETE FROM crm.leads")
      assert.strictEqual(yield* total, 0)
    })
)

it.live("with the embedded database, a replica answers from an organization's eleventh run on", () =>
  Effect.gen(function*() {
    const key = makeKeyPair()
    const service = yield* serviceOn(Redacted.make(""), key, { DATA_FOLDER: yield* folderWithDatabase })
    assert.match(service.out(), /up to 200000 rows are counted in memory, REPLICA_ROWS=0 turns this off/)
    const total = Effect.map(callerOf(service.port, key).run("leads.total"), ({ text }) => valueIn(text))
    for (let asked = 0; asked < 10; asked++) assert.strictEqual(yield* total, 0)
    yield* service.hasSaid("replica loaded")
    assert.strictEqual(yield* total, 0)
  }))

it.live("a service with DATABASE_URL and without REPLICA_ROWS logs once that replicas are off", () =>
  Effect.gen(function*() {
    const service = yield* serviceOn(yield* freshDatabase, makeKeyPair())
    assert.lengthOf(service.out().match(/REPLICA_ROWS is not set: with it, rows are counted in memory/g) ?? [], 1)
    const told = yield* serviceOn(yield* freshDatabase, makeKeyPair(), { REPLICA_ROWS: "0" })
    assert.notInclude(told.out(), "REPLICA_ROWS")
  }))
