import { assert, describe, it } from "@effect/vitest"
import { makeColumnStore } from "../../src/columnStore/ColumnStore.ts"
import { execute } from "../../src/columnStore/count.ts"
import { maxKinds } from "../../src/columnStore/Kinds.ts"
import { readingOf } from "../../src/columnStore/Reading.ts"
import { makeTracks } from "../../src/columnStore/Tracks.ts"
import { type Asked, people, planFor } from "../proof/statements.ts"
import { deal, lead, smallTerms, sort } from "../support/columns.ts"

const plan = (id: Asked["id"], asked: Partial<Asked> = {}) =>
  planFor({ id, groupBy: undefined, timeframe: { preset: "all_time" }, userIds: ["ana"], filters: {}, ...asked })

describe("the limits of the column store", () => {
  it("the column store refuses a plan whose sum of prices is above 2^52 cents", () => {
    const store = makeColumnStore()
    const value = () => execute(plan("deals.pipeline_value"), store)?.map(({ numerator }) => numerator)
    store.append("deals", 1, deal({ price: 2 ** 51 + 1 }))
    sort(store)
    store.append("deals", 1, deal({ price: 2 ** 51 - 1 }))
    assert.deepStrictEqual(value(), [2n ** 52n])
    store.append("deals", 1, deal({ price: 1 }))
    assert.isUndefined(value())
  })

  it("the column store refuses a plan with 200 groups and 975 buckets", () => {
    const store = makeColumnStore()
    for (let source = 0; source < 200; source++) store.append("leads", 1, lead({ source: `source ${source}` }))
    sort(store)
    const timeframe = { preset: "custom", from: "2022-01-01", to: "2024-09-01", bucket: "day" } as const
    assert.isUndefined(execute(plan("leads.created_over_time", { groupBy: "source", timeframe }), store))
  })

  it("the column store refuses a plan with 100 boundaries when more than 1,000 people in scope have rows", () => {
    const store = makeColumnStore()
    const timeframe = { preset: "custom", from: "2024-01-01", to: "2024-04-08", bucket: "day" } as const
    const asked = plan("leads.created_over_time", { timeframe, userIds: people(1001) })
    assert.strictEqual(asked.boundaries.length, 100)
    const count = () => execute(asked, store)?.map(({ numerator }) => numerator)
    const createdAt = Date.parse("2024-02-02T12:00:00Z")
    for (const ownerId of people(1000)) store.append("leads", 1, lead({ ownerId, createdAt }))
    assert.deepStrictEqual(count(), [1000n])
    store.append("leads", 1, lead({ ownerId: "user_1001", createdAt }))
    assert.isUndefined(count())
  })

  it("the column store refuses plans over a table with more than 65,536 kinds", () => {
    const store = makeColumnStore()
    const count = () => execute(plan("leads.by_status"), store)?.map(({ numerator }) => numerator)
    for (let kind = 0; kind < maxKinds; kind++) store.append("leads", 1, lead({ source: `source ${kind}` }))
    assert.deepStrictEqual(count(), [BigInt(maxKinds)])
    for (const source of ["one more", "another", "a third"]) {
      store.append("leads", 1, lead({ source }))
      assert.isUndefined(count())
    }
    assert.strictEqual(store.stored("leads")?.codes.kinds.all.length, maxKinds + 1)
  })

  it("the column store keeps the classes of the latest 1,024 plans", () => {
    const store = makeColumnStore()
    store.append("leads", 1, lead({}))
    const classes = (source: string | number) =>
      store.stored("leads")?.classesOf(plan("leads.by_status", { filters: { source: String(source) } })).all
    const [first, second] = [classes(0), classes(1)]
    for (let source = 2; source < 1024; source++) classes(source)
    assert.strictEqual(classes(0), first)
    classes(1024)
    assert.strictEqual(classes(0), first)
    assert.notStrictEqual(classes(1), second)
  })

  it("the column store keeps no classes and no track of a plan with more than 4,096 characters of filters", () => {
    const store = makeColumnStore()
    store.append("leads", 1, lead({}))
    const classes = (length: number) =>
      store.stored("leads")?.classesOf(plan("leads.by_status", { filters: { source: "x".repeat(length) } }))
    assert.strictEqual(classes(4000)?.all, classes(4000)?.all)
    assert.notStrictEqual(classes(4100)?.all, classes(4100)?.all)
    assert.isUndefined(classes(4100)?.key)
  })

  it("a plan with 63 groups of deals gets a track, and a plan with 64 groups gets none", () => {
    const add = () => {}
    const hasTrack = (stages: number) => {
      const store = makeColumnStore()
      for (let stage = 0; stage < stages; stage++) store.append("deals", 1, deal({ stage: `stage ${stage}`, price: 1 }))
      const stored = store.stored("deals")
      const reading = stored && readingOf(plan("deals.pipeline_by_stage"), stored)
      const { faster } = makeTracks(stages, smallTerms.tracks)
      return reading && [1, 2].map(() => faster(reading, add)).some((found) => found !== add)
    }
    assert.deepStrictEqual([63, 64, 127, 128].map(hasTrack), [true, false, false, false])
  })
})
