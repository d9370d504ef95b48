import { assert, layer } from "@effect/vitest"
import { Effect, Layer, Ref } from "effect"
import { SqlClient, Statement } from "effect/sql"
import type { Caller } from "../../../src/domain/Caller.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { layout, people } from "../../conformance/people.ts"
import { postgresTest } from "../../support/Postgres.ts"

/** Writes reports of 100 owners. Half of the reports are private. Every report has two snapshots. */
const filled = Effect.fnUntraced(function*({ organizationId }: Caller, reports: number) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    INSERT INTO crm_reports (
      organization_id, id, owner_id, title, visibility, layout, default_timeframe, version, created_at, updated_at
    )
    SELECT ${organizationId}, gen_random_uuid(), 'user_' || n % 100, 'Report ' || n,
      CASE n % 2 WHEN 0 THEN 'private' ELSE 'organization' END, ${
    JSON.stringify(layout)
  }::json, '{"preset":"last_30d"}',
      1, now() - n * interval '1 minute', now() - n * interval '1 minute'
    FROM generate_series(1, ${reports}::int) n`
  yield* sql`
    INSERT INTO crm_report_snapshots (
      organization_id, id, report_id, title, layout, timeframe, series, frozen_as, assignee_ids, created_by, created_at,
      expires_at, content_hash, schema_version
    )
    SELECT r.organization_id, gen_random_uuid(), r.id, r.title, r.layout, r.default_timeframe, '[]',
      CASE n WHEN 1 THEN 'admin' ELSE 'member' END, '{}', r.owner_id, r.created_at, r.created_at + interval '180 days', '', 1
    FROM crm_reports r, generate_series(1, 2) n
    WHERE r.organization_id = ${organizationId}`
  yield* sql`VACUUM ANALYZE crm_reports`
  yield* sql`VACUUM ANALYZE crm_report_snapshots`
})

/** Returns PostgreSQL's query plan of each statement that the effect sends. */
const plansOf = Effect.fnUntraced(function*<A, E, R>(effect: Effect.Effect<A, E, R>) {
  const sql = yield* SqlClient.SqlClient
  const sent = yield* Ref.make<ReadonlyArray<Statement.Statement<unknown>>>([])
  yield* Effect.provideService(
    effect,
    Statement.CurrentTransformer,
    (statement) => Effect.as(Ref.update(sent, (all) => [...all, statement]), statement)
  )
  return yield* Effect.forEach(yield* Ref.get(sent), (statement) => {
    const [text, params] = statement.compile()
    return Effect.map(
      sql.unsafe(`EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) ${text}`, params),
      (rows) => rows.flatMap(Object.values).join("\n")
    )
  })
})

/** Returns how many database pages a query plan reads. The first line of the plan has the sum. */
const pagesOf = (plan: string) => {
  const [, hit = 0, read = 0] = /shared hit=(\d+)(?: read=(\d+))?/.exec(plan) ?? []
  return Number(hit) + Number(read)
}

const mostPages = 1_000

layer(ReportRepo.layerSql.pipe(Layer.provideMerge(postgresTest)), { excludeTestServices: true })(
  "a page of 20 among 10,000 reports",
  (it) => {
    it.effect("listing 20 of 10,000 reports scans no table, and reads fewer than 1,000 database pages per statement", () =>
      Effect.gen(function*() {
        const reports = yield* ReportRepo
        const { admin, colleague } = people()
        yield* filled(admin, 10_000)
        yield* filled(people().admin, 10_000)
        const list = reports.list(colleague, { limit: 20, offset: 0 })
        const { results, total } = yield* list
        assert.deepStrictEqual([results.length, total], [20, 5_000])
        const plans = yield* plansOf(list)
        const page = plans.join("\n")
        assert.strictEqual(plans.length, 2)
        assert.notInclude(page, "Seq Scan")
        assert.include(page, "Index Only Scan using crm_reports_updated_at")
        assert.include(page, "Index Only Scan using crm_report_snapshots_created_at")
        assert.isBelow(Math.max(...plans.map(pagesOf)), mostPages)
      }))
  }
)
