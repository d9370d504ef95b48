import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { OrgId } from "../src/domain/Ids.ts"
import { sender } from "../src/services/database/statements.ts"
import { catchUp } from "../src/services/replica/catchUp.ts"
import { maxChanges } from "../src/services/replica/changesSince.ts"
import { load, unlimited } from "../src/services/replica/load.ts"
import { Replicas } from "../src/services/replica/Replicas.ts"
import { fixedClock } from "../src/testing/fixedClock.ts"
import { insertedLead, outcomeOf, run } from "./support/captured.ts"
import { asOf } from "./support/office.ts"
import { postgresTest } from "./support/Postgres.ts"
import { begin, counts, lookedAt, overSql, process, untilRead } from "./support/replicas.ts"

const churn = Effect.fnUntraced(function*(rows: number, status: string) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
    SELECT 'org', concat(${status}::text, i), 'ana', ${status}, '2024-05-01' FROM generate_series(1, ${rows}::int) i`
  yield* sql`UPDATE crm.leads SET status = 'client' WHERE organization_id = 'org' AND status = ${status}`
})

/** An update is two changes. */
const changesOf = (rows: number) => 3 * rows

layer(postgresTest, { excludeTestServices: true })("a replica that has missed many changes", (it) => {
  it.effect("SQL answers the run that finds too many changes, and then the same replica counts them", () =>
    Effect.gen(function*() {
      yield* begin
      const store = yield* untilRead
      yield* churn(3 * maxChanges, "many")
      assert.isUndefined(yield* lookedAt())
      const overRows = Effect.provide(counts("leads.by_status"), overSql)
      assert.deepStrictEqual(yield* counts("leads.by_status"), yield* overRows)
      assert.strictEqual(yield* untilRead, store)
      assert.deepStrictEqual(yield* counts("leads.by_status"), yield* overRows)
    }).pipe(Effect.provide(process(100_000)), fixedClock(asOf)))

  it.effect("a run whose look ended before another run found too many changes is counted by SQL", () =>
    Effect.gen(function*() {
      yield* begin
      yield* untilRead
      const opened = yield* Effect.flatMap(
        Replicas,
        (replicas) => Effect.flatMap(sender, (send) => replicas.open(OrgId.make("org"), send))
      )
      assert.isDefined(yield* opened)
      yield* churn(maxChanges, "more")
      assert.isUndefined(yield* lookedAt())
      assert.isUndefined(yield* opened)
      assert.isDefined(yield* untilRead)
      assert.isDefined(yield* opened)
    }).pipe(Effect.provide(process(100_000)), fixedClock(asOf)))

  it.effect("the pages of changes have each committed change once, and the replica has no more rows than the database", () =>
    Effect.gen(function*() {
      yield* begin
      const replica = yield* load("org", unlimited)
      const { size } = replica.store
      const pages: Array<number> = []
      yield* churn(maxChanges, "paged")
      yield* run(["DELETE FROM crm.leads WHERE lead_id LIKE 'paged%'"])
      yield* catchUp("org", replica, () => pages.push(replica.store.size))
      assert.strictEqual(pages.length, Math.floor(changesOf(maxChanges) / maxChanges) + 2)
      assert.strictEqual(replica.store.size, size)
      yield* run([insertedLead])
      yield* catchUp("org", replica, () => {})
      // The lead has an entry, and a join keeps it too.
      assert.strictEqual(replica.store.size, size + 2)
    }).pipe(fixedClock(asOf)))

  it.effect("a replica whose database changed its schema takes no changes", () =>
    Effect.gen(function*() {
      yield* begin
      const replica = yield* load("org", unlimited)
      const { size, snapshot } = { size: replica.store.size, snapshot: replica.snapshot }
      yield* run([insertedLead, "TRUNCATE crm.calls"])
      assert.strictEqual(yield* outcomeOf(catchUp("org", replica, () => {})), "Lost: changes may have been missed")
      assert.deepStrictEqual([replica.store.size, replica.snapshot], [size, snapshot])
    }).pipe(fixedClock(asOf)))
})
