import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { sender, snapshotTransaction, SqlFailures } from "../../../src/services/database/statements.ts"
import {
  changesSince,
  decodeChanges,
  fetchHasChanges,
  hasChangesSince,
  unchangedSince
} from "../../../src/services/replica/changesSince.ts"
import { load, readServerState, unlimited } from "../../../src/services/replica/load.ts"
import type { Replica } from "../../../src/services/replica/Replica.ts"
import { inDatabase, insertedLead, run } from "../../support/captured.ts"
import { kindsIn } from "../../support/columns.ts"
import { begun, say } from "../../support/locks.ts"

const leads = (count: number) =>
  `INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
  SELECT 'org', gen_random_uuid()::text, 'ana', 'lead', '2024-05-01' FROM generate_series(1, ${count})`

const refresh = Effect.fnUntraced(function*(replica: Replica) {
  const sql = yield* SqlClient.SqlClient
  const { params, text } = changesSince("org", replica.snapshot.text)
  assert.isTrue(replica.apply(yield* decodeChanges(sql.unsafe(text, params))))
})

const entriesRead = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const [found] = yield* sql`
    SELECT (pg_stat_get_xact_tuples_returned('crm_capture.leads_changes_xid'::regclass)
      + pg_stat_get_xact_tuples_returned('crm_capture.leads_changes'::regclass))::int AS entries`
  return Number(found?.["entries"])
})

/** Returns the number of index entries and rows of the change log that a refresh reads. */
const readByLook = Effect.fnUntraced(function*({ known, snapshot }: Replica) {
  const sql = yield* SqlClient.SqlClient
  return yield* sql.withTransaction(Effect.gen(function*() {
    const before = yield* entriesRead
    for (const { params, text } of [hasChangesSince("org", known), changesSince("org", snapshot.text)]) {
      yield* sql.unsafe(text, params)
    }
    return (yield* entriesRead) - before
  }))
})

const hasChanged = Effect.fnUntraced(function*({ known }: Replica) {
  const sql = yield* SqlClient.SqlClient
  const { params, text } = hasChangesSince("org", known)
  const [found] = yield* sql.unsafe<{ hasChanges: boolean }>(text, params)
  return found?.hasChanges
})

it.live("a refresh reads only committed changes that the replica does not have", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      const replica = yield* load("org", unlimited)
      const commit = yield* begun(url, insertedLead)
      const commitMany = yield* begun(url, leads(500))
      yield* run([leads(300), leads(300)])
      yield* refresh(replica)
      // The size counts each lead, its owner, one list of viewers, the viewer in this list, and one kind of leads.
      const others = 3 + kindsIn(replica.store, "leads")
      assert.strictEqual(replica.store.size, 600 + others)
      assert.strictEqual(yield* readByLook(replica), 0)
      yield* commit
      assert.isTrue(yield* hasChanged(replica))
      // The change is read as a row of its table, and as a row of a join.
      assert.isAtMost(yield* readByLook(replica), 4)
      yield* refresh(replica)
      assert.strictEqual(replica.store.size, 601 + others)
      yield* commitMany
      yield* refresh(replica)
      assert.strictEqual(replica.store.size, 1101 + others)
      assert.strictEqual(yield* readByLook(replica), 0)
    })
  ))

it.live("a refresh reads the capture epoch again only after a commit or on another server", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const { known } = yield* load("org", unlimited)
      const lookFrom = Effect.fnUntraced(function*(captureEpoch: string) {
        const { snapshot } = yield* readServerState
        const { params, text } = hasChangesSince("org", { snapshot, captureEpoch })
        const [found] = yield* sql.unsafe<{ captureEpoch: string }>(text, params)
        return found?.captureEpoch
      })
      const remembered = `${known.captureEpoch} remembered`
      // Tests in other databases of this server may commit, but this transaction keeps its PgSnapshot.
      yield* snapshotTransaction(sql)(Effect.gen(function*() {
        assert.strictEqual(yield* lookFrom(remembered), remembered)
        assert.strictEqual(yield* lookFrom("of another server"), known.captureEpoch)
      }))
      const { params, text } = hasChangesSince("org", { ...known, captureEpoch: remembered })
      yield* say(url, insertedLead)
      const [found] = yield* sql.unsafe<{ captureEpoch: string }>(text, params)
      assert.strictEqual(found?.captureEpoch, known.captureEpoch)
    })
  ))

const isUnchanged = Effect.fnUntraced(function*(known: Parameters<typeof unchangedSince>[0]) {
  const sql = yield* SqlClient.SqlClient
  const { params, text } = unchangedSince(known)
  const [found] = yield* sql.unsafe<{ isUnchanged: boolean }>(text, params)
  return found?.isUnchanged
})

it.live("the short look notices a commit, the end of an open transaction, and another server", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      yield* load("org", unlimited)
      const send = yield* sender
      const hasCommits = Effect.fnUntraced(function*(change: Effect.Effect<unknown>) {
        const state = yield* readServerState
        yield* change
        assert.isFalse(yield* isUnchanged(state))
        return (yield* fetchHasChanges(send, "org", { ...state, wasUnchanged: true })).hasChanges
      })
      assert.isTrue(yield* hasCommits(say(url, insertedLead)))
      assert.isTrue(yield* hasCommits(yield* begun(url, insertedLead)))
      // Tests in other databases of this server may commit, but this transaction keeps its PgSnapshot.
      yield* snapshotTransaction(yield* SqlClient.SqlClient)(Effect.gen(function*() {
        const state = yield* readServerState
        assert.isTrue(yield* isUnchanged(state))
        assert.isFalse(yield* isUnchanged({ ...state, captureEpoch: "of another server" }))
      }))
    }).pipe(Effect.provide(Layer.fresh(SqlFailures.layer)))
  ))
