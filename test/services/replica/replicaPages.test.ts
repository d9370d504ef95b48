import { assert, layer, vi } from "@effect/vitest"
import { Effect } from "effect"
import { maxRowsOfKey } from "../../../src/columnStore/joined/joins.ts"
import { leadDealsJoin } from "../../../src/columnStore/joined/leadDeals.ts"
import { staysJoin } from "../../../src/columnStore/joined/stays.ts"
import { maxChanges } from "../../../src/services/replica/changesSince.ts"
import { load, unlimited } from "../../../src/services/replica/load.ts"
import { catchUp } from "../../../src/services/replica/ReplicaLoader.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { insertedLead, outcomeOf, run } from "../../support/captured.ts"
import { churnedLeads } from "../../support/churnedLeads.ts"
import { kindsIn } from "../../support/columns.ts"
import { asOf } from "../../support/office.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { begin } from "../../support/replicas.ts"

layer(postgresTest, { excludeTestServices: true })("pages of changes", (it) => {
  it.effect("a replica that has read its changes in pages has exactly as many rows as the database", () =>
    Effect.gen(function*() {
      yield* begin
      const replica = yield* load("org", unlimited)
      const sizeOfRows = () => replica.store.size - kindsIn(replica.store, "leads")
      const size = sizeOfRows()
      const pages: Array<number> = []
      yield* churnedLeads(maxChanges, "paged")
      yield* run(["DELETE FROM crm.leads WHERE lead_id LIKE 'paged%'"])
      const join = vi.spyOn(replica, "join")
      yield* catchUp("org", replica, () => pages.push(join.mock.calls.length))
      const joined = join.mock.calls.length
      assert.isAbove(joined, 0)
      // Each lead has four changes. After its pages, `catchUp` reads an empty page, and the first message of a join.
      const changesOfLead = 4
      assert.strictEqual(pages.filter((joins) => joins === 0).length, changesOfLead + 2)
      assert.strictEqual(new Set(pages).size, joined + 1)
      assert.strictEqual(sizeOfRows(), size)
      yield* run([insertedLead])
      for (let times = 0; times < 2; times++) yield* catchUp("org", replica, () => {})
      assert.strictEqual(sizeOfRows(), size + 1)
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

  it.effect("a replica that catches up does not read the rows of a join that has ended", () =>
    Effect.gen(function*() {
      yield* begin
      const replica = yield* load("org", unlimited)
      replica.store.join(staysJoin, "a lead", [], Array.from({ length: maxRowsOfKey + 1 }, () => [0]))
      yield* run([insertedLead])
      const join = vi.spyOn(replica, "join")
      yield* catchUp("org", replica, () => {})
      const joined = join.mock.calls.map(([definition]) => definition)
      assert.include(joined, leadDealsJoin)
      assert.notInclude(joined, staysJoin)
    }).pipe(fixedClock(asOf)))
})
