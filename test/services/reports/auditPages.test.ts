import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { AuditLog } from "../../../src/services/reports/AuditLog/AuditLog.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { layout, people } from "../../conformance/people.ts"
import { postgresTest } from "../../support/Postgres.ts"

layer(Layer.provideMerge(ReportRepo.layerSql, postgresTest), { excludeTestServices: true })(
  "the audit log in PostgreSQL",
  (it) => {
    it.effect("has each event of the same millisecond on one page", () =>
      Effect.gen(function*() {
        const log = yield* AuditLog
        const reports = yield* ReportRepo
        const sql = yield* SqlClient.SqlClient
        const { admin, owner } = people()
        for (const title of ["One", "Two", "Three"]) yield* reports.create(owner, { title, layout })
        yield* sql`UPDATE crm_report_audit SET at = now() WHERE organization_id = ${owner.organizationId}`
        const first = yield* log.list(admin, { limit: 2 })
        assert.isNotNull(first.next)
        const second = yield* log.list(admin, { limit: 2, cursor: first.next ?? "" })
        assert.isNull(second.next)
        const found = [...first.results, ...second.results].map(({ reportId }) => reportId)
        assert.strictEqual(new Set(found).size, 3)
        assert.lengthOf(found, 3)
      }))

    it.effect("has events of older versions, which do not say whether they are of an alert", () =>
      Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const { admin, owner } = people()
        yield* (yield* ReportRepo).create(owner, { title: "Older", layout })
        yield* sql`UPDATE crm_report_audit SET details = details - 'alert' WHERE organization_id = ${owner.organizationId}`
        const listed = yield* Effect.exit((yield* AuditLog).list(admin, {}))
        assert.strictEqual(listed._tag, "Success")
        assert.deepStrictEqual((yield* listed).results.map(({ alert }) => alert), [false])
      }))

    it.effect("refuses a change that cannot be recorded", () =>
      Effect.gen(function*() {
        const log = yield* AuditLog
        const reports = yield* ReportRepo
        const sql = yield* SqlClient.SqlClient
        const { admin, owner } = people()
        const { id } = yield* reports.create(owner, { title: "Kept", visibility: "organization", layout })
        yield* sql`ALTER TABLE crm_report_audit ADD CONSTRAINT refused CHECK (action NOT IN ('change', 'delete')) NOT VALID`
        const changed = yield* Effect.exit(reports.update(owner, id, { title: "Lost" }, undefined))
        const removed = yield* Effect.exit(reports.remove(owner, id, undefined))
        yield* sql`ALTER TABLE crm_report_audit DROP CONSTRAINT refused`
        assert.strictEqual(changed._tag, "Failure")
        assert.strictEqual(removed._tag, "Failure")
        const kept = yield* Effect.exit(reports.find(owner, id))
        assert.strictEqual(kept._tag, "Success")
        assert.deepInclude(yield* kept, { title: "Kept", version: 1 })
        assert.lengthOf((yield* log.list(admin, {})).results, 1)
      }))
  }
)
