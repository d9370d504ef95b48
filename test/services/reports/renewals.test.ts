import { assert, it, layer } from "@effect/vitest"
import { DateTime, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { expiryAfter } from "../../../src/domain/Snapshot.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { frozenBy, layout, people } from "../../conformance/people.ts"
import { postgresTest } from "../../support/Postgres.ts"

it("a renewal never sets an expiry beyond the year 9999", () => {
  const late = DateTime.makeUnsafe("9999-10-01T00:00:00Z")
  assert.strictEqual(DateTime.formatIso(expiryAfter(late)), "9999-12-01T00:00:00.000Z")
  assert.strictEqual(DateTime.formatIso(expiryAfter(expiryAfter(late))), "9999-12-01T00:00:00.000Z")
})

const repos = Layer.mergeAll(ReportRepo.layerSql, SnapshotRepo.layerSql)

layer(repos.pipe(Layer.provideMerge(postgresTest)), { excludeTestServices: true })((it) => {
  it.effect("a snapshot that expires at the end of the year 9999 can be renewed and listed", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const snapshots = yield* SnapshotRepo
      const { owner } = people()
      const report = yield* (yield* ReportRepo).create(owner, { title: "Saved", visibility: "private", layout })
      const { id } = yield* snapshots.create(owner, report.id, frozenBy(owner))
      yield* sql`UPDATE crm_report_snapshots SET expires_at = '9999-10-01' WHERE organization_id = ${owner.organizationId}`
      yield* snapshots.renew(owner, id)
      const renewed = yield* snapshots.renew(owner, id)
      assert.strictEqual(DateTime.formatIso(renewed.expiresAt), "9999-12-01T00:00:00.000Z")
      assert.strictEqual(DateTime.formatIso(renewed.deletesAt), "9999-12-31T00:00:00.000Z")
      assert.strictEqual((yield* snapshots.list(owner, report.id, { limit: 1, offset: 0 })).total, 1)
    }))
})
