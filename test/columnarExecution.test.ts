import { assert, describe, it } from "@effect/vitest"
import { type ColumnStore, makeColumnStore } from "../src/query/columnar/ColumnStore.ts"
import { makeLabels } from "../src/query/columnar/Dictionary.ts"
import { makeExactSums } from "../src/query/columnar/ExactSums.ts"
import { execute } from "../src/query/columnar/HashAggregate.ts"
import { viewersInScope } from "../src/query/columnar/predicate.ts"
import { imageFields, projections } from "../src/query/columnar/projection.ts"
import { planFor } from "./proof/statements.ts"

const imageOf = (table: string, cells: Readonly<Record<string, unknown>>) =>
  imageFields.get(table)?.map(({ kind, name }) => cells[name] ?? (kind === "texts" || kind === "uuids" ? [] : null)) ??
    []

const sort = (store: ColumnStore) => {
  const steps = store.sort()
  while (steps.next().done !== true);
}

const at = (day: string) => Date.parse(`${day}T00:00:00Z`)

const lead = (cells: Readonly<Record<string, unknown>>) =>
  imageOf("leads", { ownerId: "ana", status: "lead", createdAt: at("2024-05-02"), ...cells })

const deal = (price: number) =>
  imageOf("deals", { ownerId: "ana", status: "open", stage: "offer", price, currency: "EUR" })

const leadsByStatus = (userIds: ReadonlyArray<string>) =>
  planFor({
    id: "leads.by_status",
    groupBy: undefined,
    timeframe: { preset: "all_time" },
    userIds,
    filters: {}
  })

const rowsByStatus = (store: ColumnStore, userIds: ReadonlyArray<string>) =>
  execute(leadsByStatus(userIds), store)?.map(({ bucket, group, numerator }) => [bucket, group, numerator])

describe("the column store", () => {
  it("the column store has calls, deals, emails, leads and tasks", () => {
    assert.deepStrictEqual([...projections.keys()].sort(), ["calls", "deals", "emails", "leads", "tasks"])
  })

  it("the column store finds the rows of a window regardless of the order of the appends", () => {
    const store = makeColumnStore()
    for (const day of ["2024-05-09", "2024-05-02", "2024-04-30", "2024-05-16"]) {
      store.append("leads", 1, lead({ createdAt: at(day) }))
    }
    sort(store)
    const plan = planFor({
      id: "leads.created_over_time",
      groupBy: undefined,
      timeframe: { preset: "custom", from: "2024-05-01", to: "2024-05-10", bucket: "day" },
      userIds: ["ana"],
      filters: {}
    })
    assert.deepStrictEqual(execute(plan, store)?.map(({ bucket, numerator }) => [bucket, numerator]), [[2, 1n], [
      9,
      1n
    ]])
  })

  it("the column store counts rows that were appended after its sort, and omits deleted rows", () => {
    const store = makeColumnStore()
    assert.isTrue(store.append("leads", 1, lead({ assigneeIds: ["bo", "ana"] })))
    sort(store)
    assert.deepStrictEqual(rowsByStatus(store, ["ana", "bo"]), [[0, "lead", 1n]])
    store.append("leads", 1, lead({ status: "client" }))
    assert.deepStrictEqual(rowsByStatus(store, ["ana", "bo"]), [[0, "lead", 1n], [0, "client", 1n]])
    assert.deepStrictEqual(rowsByStatus(store, ["bo"]), [[0, "lead", 1n]])
    store.append("leads", -1, lead({ assigneeIds: ["bo", "ana"] }))
    assert.deepStrictEqual(rowsByStatus(store, ["ana", "bo"]), [[0, "client", 1n]])
    assert.strictEqual(store.unsorted, 3)
    sort(store)
    assert.deepStrictEqual(rowsByStatus(store, ["ana", "bo"]), [[0, "client", 1n]])
    assert.strictEqual(store.unsorted, 0)
  })

  it("the column store counts a shared row once when its list of assignees was first appended during a run", () => {
    const store = makeColumnStore()
    const plan = leadsByStatus(["ana", "bo"])
    const viewers = viewersInScope(plan.scope)
    const count = () => execute(plan, store, viewers)?.map(({ numerator }) => numerator)
    store.append("leads", 1, lead({ ownerId: "bo", assigneeIds: ["ana"] }))
    assert.deepStrictEqual(count(), [1n])
    store.append("leads", 1, lead({ ownerId: "cem", assigneeIds: ["bo", "ana"] }))
    assert.deepStrictEqual(count(), [2n])
  })

  it("the column store refuses an amount beyond plus or minus 2^50", () => {
    const store = makeColumnStore()
    assert.isTrue(store.append("deals", 1, deal(2 ** 50)))
    for (const price of [2 ** 50 + 1, -(2 ** 50) - 1]) assert.isFalse(store.append("deals", 1, deal(price)))
  })

  it("the column store does not execute a plan with too many buckets and groups", () => {
    const store = makeColumnStore()
    for (let source = 0; source < 200; source++) store.append("leads", 1, lead({ source: `source ${source}` }))
    sort(store)
    const plan = planFor({
      id: "leads.created_over_time",
      groupBy: "source",
      timeframe: { preset: "custom", from: "2022-01-01", to: "2024-09-01", bucket: "day" },
      userIds: ["ana"],
      filters: {}
    })
    assert.isUndefined(execute(plan, store))
  })
})

describe("labels", () => {
  it("after a rename, a label is the new name, even if the delete is appended after the insert", () => {
    const labels = makeLabels()
    labels.append(1, "hot", "Hot")
    labels.append(-1, "hot", "Warm")
    labels.append(1, "hot", "Sizzling")
    assert.isDefined(labels.labelOf("hot"))
    labels.append(-1, "hot", "Hot")
    labels.append(1, "hot", "Warm")
    assert.deepStrictEqual([labels.labelOf("hot"), labels.labelOf("cold")], ["Sizzling", undefined])
  })
})

describe("exact sums", () => {
  it("sums are exact beyond 2^53", () => {
    const sums = makeExactSums()
    sums.grow(2)
    const odd = 2 ** 50 - 1
    for (let times = 0; times < 1_000; times++) {
      sums.add(1, odd)
      if (times % 3 === 0) sums.add(0, -odd)
    }
    assert.deepStrictEqual([sums.at(0), sums.at(1)], [-334n * BigInt(odd), 1_000n * BigInt(odd)])
  })
})
