import { assert, it, layer } from "@effect/vitest"
import { Effect, Exit, Layer, Result } from "effect"
import { SqlClient } from "effect/sql"
import type { ReportId } from "../../../src/domain/Ids.ts"
import type { ReportVersion } from "../../../src/domain/ReportVersion.ts"
import { Catalog } from "../../../src/services/access/Catalog.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { ReportValidation } from "../../../src/services/access/ReportValidation.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { ReportVersions } from "../../../src/services/reports/ReportVersions.ts"
import { noTables } from "../../../src/testing/rows.ts"
import { layout, people } from "../../conformance/people.ts"
import { chanceFrom } from "../../support/generative/chance.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { unhurried } from "../../support/unhurried.ts"

const over = <E, R>(repo: Layer.Layer<ReportRepo, E, R>) =>
  ReportVersions.layer.pipe(
    Layer.provide(ReportValidation.layer),
    Layer.provide([Catalog.layer, Organizations.layerMemory(noTables), Admission.unlimited]),
    Layer.provideMerge(repo)
  )

const inSql = over(ReportRepo.layerSql).pipe(Layer.provideMerge(postgresTest))

const { owner } = people()
const first = { title: "First", visibility: "organization" as const, layout }

interface Operation {
  readonly report: number
  readonly kind: "update" | "restore" | "remove"
  readonly title: string
  readonly version: number
  readonly ifMatch: ReadonlyArray<number> | undefined
}

const act = Effect.fnUntraced(function*(id: ReportId, { ifMatch, kind, title, version }: Operation) {
  const reports = yield* ReportRepo
  const versions = yield* ReportVersions
  switch (kind) {
    case "update":
      return (yield* reports.update(owner, id, { title }, ifMatch)).version
    case "restore":
      return (yield* versions.restore(owner, id, version, ifMatch)).version
    case "remove":
      return yield* Effect.as(reports.remove(owner, id, ifMatch), undefined)
  }
})

const timeless = (history: ReadonlyArray<ReportVersion>) => history.map(({ savedAt: _savedAt, ...version }) => version)

layer(inSql, { excludeTestServices: true })("versions in PostgreSQL", (it) => {
  it.effect("1,000 concurrent changes, restores and deletions leave the versions that memory has after the same ones in order", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const reports = yield* ReportRepo
      const count = 8
      const saved = yield* Effect.forEach(Array.from({ length: count }), () => reports.create(owner, first))
      const chance = chanceFrom(Number(process.env["PROOF_SEED"] ?? 0))
      const operations = Array.from({ length: 1_000 }, (_, index): Operation => {
        const kind = chance.below(3) === 0 ? "restore" : "update"
        const isLast = index >= 900 && index < 900 + count / 2
        return {
          report: isLast ? index - 900 : index % count,
          kind: isLast ? "remove" : kind,
          title: `Title ${index}`,
          version: 1 + chance.below(60),
          ifMatch: !isLast && chance.below(2) === 0 ? [1 + chance.below(80), 1 + chance.below(80)] : undefined
        }
      })
      const idOf = ({ report }: Operation) => saved[report]?.id ?? assert.fail()
      const outcomes = yield* Effect.forEach(
        operations,
        (operation) => Effect.exit(Effect.result(act(idOf(operation), operation))),
        { concurrency: 32 }
      ).pipe(unhurried, Effect.map((exits) => exits.filter(Exit.isSuccess).map(({ value }) => value)))
      assert.strictEqual(outcomes.length, operations.length)
      const refusals = new Set(outcomes.flatMap((outcome) => Result.isFailure(outcome) ? [outcome.failure._tag] : []))
      assert.deepStrictEqual([...refusals].sort(), ["ReportChanged", "ReportNotFound", "VersionNotFound"])
      for (const [index, { id }] of saved.entries()) {
        const done = operations.flatMap((operation, place) => {
          const outcome = outcomes[place]
          return operation.report === index && outcome !== undefined && Result.isSuccess(outcome)
            ? [{ operation, version: outcome.success }]
            : []
        })
        const changes = done.filter(({ operation }) => operation.kind !== "remove")
          .toSorted((a, b) => (a.version ?? 0) - (b.version ?? 0))
        assert.deepStrictEqual(changes.map(({ version }) => version), changes.map((_, place) => place + 2))
        assert.isTrue(
          changes.every(({ operation: { ifMatch }, version = 0 }) => ifMatch?.includes(version - 1) !== false)
        )
        const titles = [first.title]
        for (const { operation: { kind, title, version } } of changes) {
          titles.push(kind === "update" ? title : titles[version - 1] ?? assert.fail("restored a later version"))
        }
        const replayed = yield* Effect.gen(function*() {
          const memory = yield* ReportRepo
          const copy = yield* memory.create(owner, first)
          yield* Effect.forEach(titles.slice(1), (title) => memory.update(owner, copy.id, { title }, undefined))
          return timeless(yield* memory.history(owner, copy.id))
        }).pipe(Effect.provide(over(ReportRepo.layerMemory)))
        const isRemoved = done.length > changes.length
        assert.strictEqual(isRemoved, index < count / 2)
        const [rows] = yield* sql`SELECT count(*)::int AS count FROM crm_report_versions WHERE report_id = ${id}`
        assert.deepStrictEqual(rows, { count: isRemoved ? 0 : Math.min(50, changes.length) })
        if (!isRemoved) assert.deepStrictEqual(timeless(yield* reports.history(owner, id)), replayed)
      }
    }))
})

/** Counts the turns of the event loop while the effect runs. */
const turnsDuring = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.suspend(() => {
    let turns = 0
    let next = setImmediate(function count() {
      turns++
      next = setImmediate(count)
    })
    return effect.pipe(Effect.ensuring(Effect.sync(() => clearImmediate(next))), Effect.map(() => turns))
  })

it.live("other requests have a turn after each version of a list", () =>
  Effect.gen(function*() {
    const [reports, versions] = [yield* ReportRepo, yield* ReportVersions]
    const { id } = yield* reports.create(owner, first)
    for (let version = 2; version <= 30; version++) {
      yield* reports.update(owner, id, { title: `Version ${version}` }, undefined)
    }
    assert.isAtLeast(yield* turnsDuring(versions.list(owner, id, { limit: 30, offset: 0 })), 29)
  }).pipe(Effect.provide(over(ReportRepo.layerMemory))))
