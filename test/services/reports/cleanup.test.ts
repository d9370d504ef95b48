import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer, Redacted, Ref } from "effect"
import { SqlClient } from "effect/sql"
import { TestClock } from "effect/testing"
import { OrgId, SnapshotId } from "../../../src/domain/Ids.ts"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import * as Database from "../../../src/services/database/Database.ts"
import { IdempotencyKeys } from "../../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { deleteExpiredSnapshots, SnapshotCleanup } from "../../../src/services/reports/nightlyCleanup.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { layout, people } from "../../conformance/people.ts"
import { run } from "../../support/commandLine.ts"
import { begun, waiters } from "../../support/locks.ts"
import { freshDatabase, settingsOf } from "../../support/Postgres.ts"

const at = (instant: string) => TestClock.setTime(Date.parse(instant))

describe("the nightly cleanup", () => {
  it.effect("the cleanup starts every night at CLEANUP_HOUR, also after a night when it failed or hung", () =>
    Effect.gen(function*() {
      const tries = yield* Ref.make(0)
      const purge = Effect.gen(function*() {
        const which = yield* Ref.updateAndGet(tries, (count) => count + 1)
        if (which === 1) return yield* Effect.die("a defect")
        if (which === 2) return yield* new Unavailable()
        if (which === 4) return yield* Effect.never
        return [{ organizationId: OrgId.make("org"), deleted: 3 }]
      })
      yield* at("2026-11-24T00:00:00Z")
      yield* Layer.build(SnapshotCleanup.pipe(
        Layer.provide(Layer.mock(SnapshotRepo, { purge })),
        Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { CLEANUP_HOUR: "5" } })))
      ))
      yield* TestClock.adjust("4 hours")
      assert.strictEqual(yield* Ref.get(tries), 0)
      yield* TestClock.adjust("1 hour")
      assert.strictEqual(yield* Ref.get(tries), 1)
      yield* TestClock.adjust("1 day")
      assert.strictEqual(yield* Ref.get(tries), 2)
      yield* TestClock.adjust("10 minutes")
      assert.strictEqual(yield* Ref.get(tries), 3)
      yield* TestClock.adjust("3 days")
      assert.strictEqual(yield* Ref.get(tries), 6)
    }))
})

const replica = (url: Redacted.Redacted) =>
  Layer.fresh(
    Layer.mergeAll(ReportRepo.layerSql, SnapshotRepo.layerSql, IdempotencyKeys.layerSql).pipe(
      Layer.provideMerge(Database.clientOf(settingsOf(url)))
    )
  )

/** Inserts `count` snapshots whose expiry is `ago` in the past. */
const expired = Effect.fnUntraced(function*(count: number, ago: string) {
  const sql = yield* SqlClient.SqlClient
  const { owner } = people()
  const report = yield* (yield* ReportRepo).create(owner, { title: "Saved", layout })
  const rows = yield* sql`
    INSERT INTO crm_report_snapshots (
      organization_id, id, report_id, title, layout, timeframe, series, frozen_as, assignee_ids, created_by, created_at,
      expires_at, content_hash, schema_version
    )
    SELECT ${owner.organizationId}, gen_random_uuid(), ${report.id}::uuid, 'Old', '{"widgets":[]}', '{"preset":"today"}',
      '[]', 'member', '{}', ${owner.userId}, now() - ${ago}::interval - interval '180 days', now() - ${ago}::interval, '', 1
    FROM generate_series(1, ${count}::int)
    RETURNING id`
  return { owner, report, ids: rows.map(({ id }) => SnapshotId.make(String(id))) }
})

const left = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql`SELECT count(*)::int AS count FROM crm_report_snapshots`
  return row?.["count"]
})

describe("the cleanup in PostgreSQL", () => {
  it.live("two concurrent cleanups together count each of 20,000 deleted snapshots once", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      yield* Effect.gen(function*() {
        yield* Effect.forEach([9_000, 500, 10_500], (count) => expired(count, "30 days"))
        yield* expired(700, "29 days 23:59:50")
        const cleaned = Effect.provide(deleteExpiredSnapshots, replica(url))
        const counts = yield* Effect.all([cleaned, cleaned], { concurrency: 2 })
        assert.strictEqual(counts[0] + counts[1], 20_000)
        assert.strictEqual(yield* left, 700)
        assert.strictEqual(yield* cleaned, 0)
      }).pipe(Effect.provide(replica(url)))
    }))

  it.live("after a concurrent renewal and cleanup, the snapshot exists only if the renewal succeeded", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      yield* Effect.gen(function*() {
        const snapshots = yield* SnapshotRepo
        const round = Effect.gen(function*() {
          const { ids: [id = SnapshotId.make("")], owner } = yield* expired(1, "31 days")
          const renewal = Effect.exit(snapshots.renew(owner, id))
          const [renewed] = yield* Effect.all([renewal, snapshots.purge], { concurrency: 2 })
          const found = yield* Effect.exit(snapshots.find(owner, id))
          assert.strictEqual(found._tag, renewed._tag)
          return found._tag
        })
        const outcomes = yield* Effect.forEach(Array.from({ length: 1_000 }), () => round, { concurrency: 4 })
        assert.sameMembers([...new Set(outcomes)], ["Success", "Failure"])
      }).pipe(Effect.provide(replica(url)))
    }))

  it.live("the cleanup of idempotency keys skips rows that another transaction has locked", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      yield* Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        yield* sql`
          INSERT INTO crm_report_idempotency_keys (organization_id, id, fingerprint, holder, claimed_at)
          SELECT 'org', 'key ' || n, '', gen_random_uuid(), now() - interval '2 days' FROM generate_series(1, 1200) n`
        const { purge } = yield* IdempotencyKeys
        const deleted = Effect.raceFirst(purge, Effect.as(waiters(url), "waits"))
        const commit = yield* begun(url, "SELECT id FROM crm_report_idempotency_keys WHERE id = 'key 1' FOR UPDATE")
        assert.strictEqual(yield* deleted, 1_199)
        yield* commit
        assert.strictEqual(yield* deleted, 1)
      }).pipe(Effect.provide(replica(url)))
    }))

  it.live("the cleanup command prints the number of deleted snapshots", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      yield* Effect.provide(expired(3, "30 days"), replica(url))
      const ended = yield* run(["cleanup"], { DATABASE_URL: Redacted.value(url) })
      assert.strictEqual(ended.code, 0)
      assert.match(ended.out, /Deleted 3 expired snapshots\n$/)
    }))
})
