import { assert, describe, it } from "@effect/vitest"
import { type ColumnStore, makeColumnStore } from "../../src/columnStore/ColumnStore.ts"
import { execute } from "../../src/columnStore/count.ts"
import { makeLabels } from "../../src/columnStore/Dictionary.ts"
import { projections } from "../../src/columnStore/projection.ts"
import { viewersInScope } from "../../src/columnStore/viewers.ts"
import { planFor } from "../proof/statements.ts"
import { kindsIn, lead, smallTerms, sort } from "../support/columns.ts"

const at = (day: string) => Date.parse(`${day}T00:00:00Z`)

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
  it("the tables of the column store are calls, deals, emails, leads and tasks", () => {
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

  it("the column store counts rows correctly before and after it is sorted", () => {
    const store = makeColumnStore()
    store.append("leads", 1, lead({ assigneeIds: ["bo", "ana"] }))
    sort(store)
    assert.deepStrictEqual(rowsByStatus(store, ["ana", "bo"]), [[0, "lead", 1n]])
    store.append("leads", 1, lead({ status: "client" }))
    assert.deepStrictEqual(rowsByStatus(store, ["ana", "bo"]), [[0, "lead", 1n], [0, "client", 1n]])
    assert.deepStrictEqual(rowsByStatus(store, ["bo"]), [[0, "lead", 1n]])
    store.append("leads", -1, lead({ assigneeIds: ["bo", "ana"] }))
    assert.deepStrictEqual(rowsByStatus(store, ["ana", "bo"]), [[0, "client", 1n]])
    const peopleAndLists = 7 + kindsIn(store, "leads")
    assert.strictEqual(store.size, 7 + peopleAndLists)
    sort(store)
    assert.deepStrictEqual(rowsByStatus(store, ["ana", "bo"]), [[0, "client", 1n]])
    assert.strictEqual(store.size, 1 + peopleAndLists)
  })

  it("a run counts the rows of a person who had no rows when the run began", () => {
    const store = makeColumnStore()
    const plan = leadsByStatus(["ana", "bo"])
    const viewers = viewersInScope(plan.scope)
    const count = () => execute(plan, store, viewers)?.map(({ numerator }) => numerator)
    store.append("leads", 1, lead({ ownerId: "ana" }))
    assert.deepStrictEqual(count(), [1n])
    store.append("leads", 1, lead({ ownerId: "cem", assigneeIds: ["bo"] }))
    assert.deepStrictEqual(count(), [2n])
  })

  it("a run counts shared rows that are appended during the run with a new list of viewers", () => {
    const store = makeColumnStore(smallTerms)
    const plan = leadsByStatus(["ana", "bo"])
    const viewers = viewersInScope(plan.scope)
    const count = () => execute(plan, store, viewers)?.map(({ numerator }) => numerator)
    store.append("leads", 1, lead({ ownerId: "bo", assigneeIds: ["ana"] }))
    store.append("leads", 1, lead({ ownerId: "cem", assigneeIds: ["bo"] }))
    sort(store)
    assert.deepStrictEqual(count(), [2n])
    for (let times = 0; times < 5; times++) store.append("leads", 1, lead({ ownerId: "cem", assigneeIds: ["ana"] }))
    sort(store)
    assert.deepStrictEqual(count(), [7n])
  })

  it("the column store counts rows that are appended while other rows are sorted", () => {
    const store = makeColumnStore(smallTerms)
    for (let times = 0; times < 3; times++) store.append("leads", 1, lead({ ownerId: "ana" }))
    sort(store)
    for (let change = 0; change < 40; change++) {
      store.append("leads", 1, lead({ status: "client" }))
      if (change % 4 === 3) store.append("leads", -1, lead({ status: "client" }))
      store.sortSome()
      const clients = BigInt(change + 1 - Math.floor((change + 1) / 4))
      assert.deepStrictEqual(rowsByStatus(store, ["ana"]), [[0, "lead", 3n], [0, "client", clients]])
    }
    assert.isAbove(store.stored("leads")?.levels.size ?? 0, 3)
  })

  it("the column store gives equal rows each time it counts one plan, before and after a new tag", () => {
    const store = makeColumnStore(smallTerms)
    const days = Array.from({ length: 20 }, (_, index) => `2024-05-${String(index + 1).padStart(2, "0")}`)
    for (const [index, day] of days.entries()) {
      store.append("leads", 1, lead({ createdAt: at(day), tagIds: index % 2 === 0 ? ["cold", "hot"] : ["hot"] }))
    }
    sort(store)
    const plan = planFor({
      id: "leads.by_tag",
      groupBy: undefined,
      timeframe: { preset: "custom", from: "2024-05-02", to: "2024-05-15", bucket: "day" },
      userIds: ["ana"],
      filters: {}
    })
    const tags = () => execute(plan, store)?.map(({ group, numerator }) => [group, numerator])
    for (let times = 0; times < 10; times++) assert.deepStrictEqual(tags(), [["cold", 7n], ["hot", 14n]])
    store.append("leads", 1, lead({ createdAt: at("2024-05-03"), tagIds: ["new"] }))
    for (let times = 0; times < 10; times++) assert.deepStrictEqual(tags(), [["cold", 7n], ["hot", 14n], ["new", 1n]])
  })
})

describe("labels", () => {
  it("the label of a tag is its latest name, in whatever order the renames are read", () => {
    const labels = makeLabels()
    labels.append(1, "hot", "Hot")
    labels.append(-1, "hot", "Warm")
    labels.append(1, "hot", "Sizzling")
    assert.isDefined(labels.labelOf("hot"))
    labels.append(-1, "hot", "Hot")
    labels.append(1, "hot", "Warm")
    assert.deepStrictEqual([labels.labelOf("hot"), labels.labelOf("cold")], ["Sizzling", undefined])
  })
  it("a deleted label is removed, even if its delete is read before its insert", () => {
    const labels = makeLabels()
    labels.append(-1, "hot", "Hot")
    labels.append(1, "hot", "Hot")
    assert.deepStrictEqual([labels.size, labels.labelOf("hot")], [0, undefined])
  })
})
