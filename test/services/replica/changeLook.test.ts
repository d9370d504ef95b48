import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { OrgId } from "../../../src/domain/Ids.ts"
import { SqlFailures } from "../../../src/services/database/statements.ts"
import { enableCapture } from "../../../src/services/replica/changeLog.ts"
import { type ChangeLook, changeLook } from "../../../src/services/replica/changeLook.ts"
import { inDatabase, insertedLead, run } from "../../support/captured.ts"
import { begun } from "../../support/locks.ts"

const org = OrgId.make("org")

const accessChanges = [
  "INSERT INTO crm.organizations (organization_id, name) VALUES ('org', 'Org')",
  "UPDATE crm.organizations SET currency = 'USD' WHERE organization_id = 'org'",
  "INSERT INTO crm.members (organization_id, user_id, name) VALUES ('org', 'new', 'New')",
  "UPDATE crm.members SET left_at = '2020-01-01' WHERE organization_id = 'org' AND user_id = 'new'",
  "DELETE FROM crm.members WHERE organization_id = 'org' AND user_id = 'new'"
]

/** Returns an effect that looks for changes since its previous call. */
const looking = Effect.fnUntraced(function*(organizationId = org) {
  const look = yield* changeLook
  let last: ChangeLook | undefined
  return Effect.gen(function*() {
    last = yield* look(organizationId, last)
    return [last.isLogged, last.hasChanged]
  })
})

it.live("looking for changes finds each commit once, even if its transaction was already open at the previous call", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      yield* enableCapture
      const look = yield* looking()
      const other = yield* looking(OrgId.make("other"))
      const answers = Effect.all([look, other])
      const [unchanged, changed] = [[true, false], [true, true]]
      assert.deepStrictEqual(yield* answers, [unchanged, unchanged])
      yield* run([insertedLead])
      assert.deepStrictEqual(yield* answers, [changed, unchanged])
      const commit = yield* begun(url, insertedLead)
      assert.deepStrictEqual(yield* answers, [unchanged, unchanged])
      yield* commit
      assert.deepStrictEqual(yield* answers, [changed, unchanged])
      assert.deepStrictEqual(yield* answers, [unchanged, unchanged])
    }).pipe(Effect.provide(Layer.fresh(SqlFailures.layer)))
  ))

it.live("looking for changes finds changed settings and members only of its own organization", () =>
  inDatabase(() =>
    Effect.gen(function*() {
      yield* enableCapture
      const look = yield* looking()
      const other = yield* looking(OrgId.make("other"))
      const answers = Effect.all([look, other])
      yield* answers
      for (const statement of accessChanges) {
        yield* run([statement])
        assert.deepStrictEqual(yield* answers, [[true, true], [true, false]], statement)
      }
      yield* run(["TRUNCATE crm.members"])
      assert.deepStrictEqual(yield* look, [true, true])
    }).pipe(Effect.provide(Layer.fresh(SqlFailures.layer)))
  ))

it.live("looking for changes notices that the change log was enabled, was disabled, or missed a TRUNCATE", () =>
  inDatabase(() =>
    Effect.gen(function*() {
      const look = yield* looking()
      assert.deepStrictEqual(yield* look, [false, false])
      yield* run([insertedLead])
      assert.deepStrictEqual(yield* look, [false, false])
      yield* enableCapture
      assert.deepStrictEqual(yield* look, [true, true])
      assert.deepStrictEqual(yield* look, [true, false])
      yield* run(["ALTER TABLE crm.leads DISABLE TRIGGER log_inserted", insertedLead])
      assert.deepStrictEqual(yield* look, [false, true])
      yield* run(["ALTER TABLE crm.leads ENABLE TRIGGER log_inserted", "TRUNCATE crm.leads"])
      assert.deepStrictEqual(yield* look, [true, true])
    }).pipe(Effect.provide(Layer.fresh(SqlFailures.layer)))
  ))
