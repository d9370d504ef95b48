import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { maxChanges } from "../../../src/services/replica/changesSince.ts"
import { load, unlimited } from "../../../src/services/replica/load.ts"
import { catchUp } from "../../../src/services/replica/ReplicaLoader.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { insertedLead, outcomeOf, run } from "../../support/captured.ts"
import { churnedLeads } from "../../support/churnedLeads.ts"
import { asOf } from "../../support/office.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { begin } from "../../support/replicas.ts"

layer(postgresTest, { excludeTestServices: true })("pages of changes", (it) => {
  it.effect("a replica that has read its changes in pages has exactly as many rows as the database", () =>
    Effect.gen(function*() {
      yield* begin
      const replica = yield* load("org", unlimited)
      const { size } = replica.store
      const pages: Array<number> = []
      yield* churnedLeads(maxChanges, "paged")
      yield* run(["DELETE FROM crm.leads WHERE lead_id LIKE 'paged%'"])
      yield* catchUp("org", replica, () => pages.push(replica.store.size))
      const joined = 1
      assert.strictEqual(pages.length, Math.floor(3 * maxChanges / maxChanges) + 2 + joined)
      assert.strictEqual(replica.store.size, size)
      yield* run([insertedLead])
      for (let times = 0; times < 2; times++) yield* catchUp("org", replica, () => {})
      assert.strictEqual(replica.store.size, size + 1)
    }).pipe(fixedClock(asOf)))

  it.effect("after a TRUNCATE, `catchUp` fails with Lost, and the replica keeps its rows and its PgSnapshot", () =>
    Effect.gen(function*() {
      yield* begin
      const replica = yield* load("org", unlimited)
      const { size, snapshot } = { size: replica.store.size, snapshot: replica.snapshot }
      yield* run([insertedLead, "TRUNCATE crm.calls"])
      assert.strictEqual(yield* outcomeOf(catchUp("org", replica, () => {})), "Lost: changes may have been missed")
      assert.deepStrictEqual([replica.store.size, replica.snapshot], [size, snapshot])
    }).pipe(fixedClock(asOf)))
})
