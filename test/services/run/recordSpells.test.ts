import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { Record, RecordsRequest } from "../../../src/domain/Records.ts"
import type { Tables } from "../../../src/metrics/crm.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { Records } from "../../../src/services/run/Records.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { lead, member, noTables, spell, time } from "../../../src/testing/rows.ts"
import { withStored } from "../../proof/storedTables.ts"
import { recordsLayer } from "../../support/ask.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { caller } from "../../support/TestApp.ts"

const minute = (index: number) => new Date(time("2024-05-10") + index * 60_000).toISOString().slice(0, 19)
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Bo has 300 spells that begin at one time. Ana has three spells from that time, a newer spell, and older ones. */
const tables: Tables = {
  ...noTables,
  members: [member("ana", "Ana"), member("bo", "Bo")],
  leads: [
    ...numbers(400).map((index) => lead(`B${index}`, "2024-05-01", { ownerId: "bo" })),
    ...numbers(6).map((index) => lead(`A${index}`, "2024-05-01")),
    lead("C", "2024-05-01", { ownerId: "bo", assigneeIds: ["ana"] })
  ],
  leadStatusSpells: [
    ...numbers(300).map((index) => spell(`B${index}`, "lead", "2024-05-15", null)),
    ...numbers(300).map((index) => spell(`B${index}`, "client", minute(index), null)),
    spell("A0", "lead", "2024-05-16", null),
    ...["A1", "C", "A2"].map((id) => spell(id, "lead", "2024-05-15", "2024-05-16")),
    spell("A3", "lead", "2024-05-02", null),
    spell("A4", "lead", "2024-03-02", null),
    spell("A5", "lead", "2024-03-02", "2024-04-02")
  ]
}

const request: RecordsRequest = {
  widget: {
    instanceId: "w",
    metricId: "leads.avg_time_in_status",
    chart: "bar",
    timeframe: { preset: "custom", from: "2024-05-01", to: "2024-05-31" }
  },
  limit: 1
}

const recordsOf = Effect.fnUntraced(
  function*(first: RecordsRequest) {
    const { page } = yield* Records
    const found: Array<Record> = []
    let cursor: string | null | undefined
    do {
      const { next, results } = yield* page(caller("member", "ana"), { ...first, ...(cursor && { cursor }) })
      found.push(...results)
      cursor = next
    } while (cursor !== null)
    return found
  },
  Effect.orDie,
  fixedClock(time("2024-05-20"))
)

layer(postgresTest, { excludeTestServices: true })((it) => {
  it.effect.each([1, 2, 50])(
    "pages of %d spells are equal in SQL and in memory, even if few of the newest spells are in scope",
    (limit) =>
      Effect.gen(function*() {
        const asked = { ...request, limit }
        const inMemory = recordsLayer.pipe(
          Layer.provide([MetricSource.layerMemory(tables), Organizations.layerMemory(tables)])
        )
        const expected = yield* Effect.provide(recordsOf(asked), inMemory)
        assert.deepStrictEqual(expected.map(({ id }) => id.split("/")[0]), ["A0", "C", "A2", "A1", "A3", "A4"])
        yield* withStored(tables, (source) =>
          Effect.gen(function*() {
            const inSql = recordsLayer.pipe(
              Layer.provide([Layer.succeed(MetricSource, source), Organizations.layerSql])
            )
            assert.deepStrictEqual(yield* Effect.provide(recordsOf(asked), inSql), expected)
            return { cases: 1, telling: 1 }
          }))
      })
  )
})
