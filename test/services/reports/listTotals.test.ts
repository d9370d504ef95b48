import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient, Statement } from "effect/sql"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { frozenBy, layout, people } from "../../conformance/people.ts"
import { postgresTest } from "../../support/Postgres.ts"

/** Runs `change` on another connection between the first two statements of the effect. */
const changedBetween = (change: Effect.Effect<unknown, unknown>) => <A, E, R>(effect: Effect.Effect<A, E, R>) => {
  let statements = 0
  return Effect.provideService(effect, Statement.CurrentTransformer, (statement) => {
    statements += 1
    if (statements !== 2) return Effect.succeed(statement)
    return Effect.as(Effect.promise(() => Effect.runPromise(change)), statement)
  })
}

const page = { limit: 20, offset: 0 }

const app = Layer.merge(ReportRepo.layerSql, SnapshotRepo.layerSql).pipe(Layer.provideMerge(postgresTest))

layer(app, { excludeTestServices: true })("a list", (it) => {
  it.effect("the length and total of a list of reports agree if a report is created between its statements", () =>
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const { owner } = people()
      const create = reports.create(owner, { title: "Saved", layout })
      yield* create
      const { results, total } = yield* changedBetween(create)(reports.list(owner, page))
      assert.deepStrictEqual([results.length, total], [1, 1])
    }))

  it.effect("the length and total of a list of snapshots agree if a snapshot is deleted between its statements", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const snapshots = yield* SnapshotRepo
      const { owner } = people()
      const { id } = yield* (yield* ReportRepo).create(owner, { title: "Saved", layout })
      yield* snapshots.create(owner, id, frozenBy(owner))
      const remove = sql`
        DELETE FROM crm_report_snapshots s WHERE s.organization_id = ${owner.organizationId} AND s.report_id = ${id}`
      const { results, total } = yield* changedBetween(remove)(snapshots.list(owner, id, page))
      assert.deepStrictEqual([results.length, total], [1, 1])
    }))
})
