import { assert, describe, it, vi } from "@effect/vitest"
import { type ColumnStore, makeColumnStore, usualTerms } from "../../src/columnStore/ColumnStore.ts"
import { execute } from "../../src/columnStore/count.ts"
import { rowsPerKind, rowsPerNode } from "../../src/columnStore/Kinds.ts"
import { planFor } from "../proof/statements.ts"
import { deal, kindsIn, lead, smallTerms, sort } from "../support/columns.ts"

const viewers = ["ana", "bo", "cem"]

const random = (seed: number) => {
  let state = seed
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * below)
  }
}

/** Returns a random lead. About a third of these leads are shared rows, and many are equal. */
const anyLead = (next: (below: number) => number) => {
  const ownerId = viewers[next(3)] ?? "ana"
  const createdAt = Date.UTC(2024, 0, 1 + next(300))
  return lead({
    ownerId,
    assigneeIds: next(2) === 0 ? [] : [viewers[next(3)] ?? "bo"],
    status: `status ${next(4)}`,
    tagIds: next(3) === 0 ? ["hot"] : [],
    createdAt,
    firstCallAt: next(2) === 0 ? null : createdAt + next(5) * 60_000
  })
}

const timeframe = { preset: "custom", from: "2024-02-01", to: "2024-09-30", bucket: "month" } as const
const asked = { groupBy: undefined, timeframe, userIds: viewers, filters: {} }
const plans = [
  planFor({ ...asked, id: "leads.created_over_time", groupBy: "status" }),
  planFor({ ...asked, id: "leads.avg_time_to_first_call" }),
  planFor({ ...asked, id: "leads.by_tag", userIds: ["bo", "cem"] }),
  planFor({ ...asked, id: "team.leads_by_agent" })
]

const answers = (store: ColumnStore) =>
  plans.map((plan) =>
    execute(plan, store)?.map((row) =>
      JSON.stringify(row, (_, value) => typeof value === "bigint" ? `${value}` : value)
    )
      .toSorted()
  )

const loaded = (leads: ReadonlyArray<ReadonlyArray<unknown>>, terms = smallTerms) => {
  const store = makeColumnStore(terms)
  for (const image of leads) store.append("leads", 1, image)
  sort(store)
  return store
}

/** Replaces a lead of the store by a random one. */
const replace = (store: ColumnStore, leads: Array<ReadonlyArray<unknown>>, next: (below: number) => number) => {
  const place = next(leads.length)
  const [before, after] = [leads[place] ?? [], anyLead(next)]
  store.append("leads", -1, before)
  store.append("leads", 1, after)
  leads[place] = after
}

describe("a column store whose rows change", () => {
  it("after each change, a column store counts the same as a new column store with the same rows", () => {
    const next = random(1)
    const leads = Array.from({ length: 40 }, () => anyLead(next))
    const store = loaded(leads)
    for (let change = 0; change < 300; change++) {
      replace(store, leads, next)
      store.sortSome()
      assert.deepStrictEqual(answers(store), answers(loaded(leads)), `after change ${change}`)
    }
  })

  it("during 20 changes per row, a column store is at most 1.5 times as large as a new one with the same rows", () => {
    const next = random(2)
    const leads = Array.from({ length: 5_000 }, () => anyLead(next))
    const store = loaded(leads, usualTerms)
    let most = 0
    for (let change = 0; change < 100_000; change++) {
      replace(store, leads, next)
      if (change % 20 === 0) store.sortSome()
      most = Math.max(most, store.size)
    }
    const fresh = loaded(leads, usualTerms)
    assert.isAtMost(most, fresh.size * 1.5)
    assert.deepStrictEqual(answers(store), answers(fresh))
  })

  it("the size of a column store includes texts and lists that no row has any more", () => {
    const store = makeColumnStore()
    for (let index = 0; index < 100; index++) {
      const image = lead({ leadId: "l", assigneeIds: [`agent ${index}`], tagIds: [`tag ${index}`] })
      store.append("leads", 1, image)
      store.append("leads", -1, image)
    }
    sort(store)
    const entries = store.stored("leads")?.levels.size ?? 0
    const people = 101
    const [viewers, tags] = [300, 200]
    assert.strictEqual(store.size - entries, people + viewers + tags + 100 + kindsIn(store, "leads"))
  })

  it("the size of a column store includes kinds that no row has any more", () => {
    const store = makeColumnStore()
    store.append("deals", 1, deal({}))
    const { size } = store
    for (let index = 0; index < 100; index++) {
      for (const weight of [1, -1]) store.append("deals", weight, deal({ lostReason: `reason ${index}` }))
    }
    const appended = 200
    assert.isAtLeast(store.size, size + appended + 100 * (rowsPerKind + rowsPerNode))
  })

  it("a column store measures its size again only after it has changed", () => {
    const store = makeColumnStore()
    const levels = store.stored("leads")?.levels
    assert.isDefined(levels)
    const measured = vi.spyOn(levels, "size", "get")
    const changes = [
      () => store.append("leads", 1, lead({})),
      () => sort(store),
      () => store.sortSome()
    ]
    for (const change of changes) {
      change()
      measured.mockClear()
      const { size } = store
      assert.deepStrictEqual([store.size, store.size], [size, size])
      assert.strictEqual(measured.mock.calls.length, 1)
    }
  })

  it("sorting a shared row does not change the size of a column store", () => {
    const store = makeColumnStore()
    store.append("leads", 1, lead({ assigneeIds: ["bo", "cem"] }))
    const before = store.size
    sort(store)
    assert.strictEqual(store.size, before)
    assert.strictEqual(store.stored("leads")?.levels.size, 4)
  })

  it("a call of `sortSome` sorts four appended rows with 51 viewers each", () => {
    const store = makeColumnStore({ ...smallTerms, step: 512, stepsPerCall: 0 })
    const assigneeIds = Array.from({ length: 50 }, (_, index) => `agent ${index}`)
    for (let times = 0; times < 4; times++) store.append("leads", 1, lead({ assigneeIds }))
    store.sortSome()
    assert.strictEqual(store.stored("leads")?.unsorted.reduce((sum, { size }) => sum + size, 0), 0)
  })

  it("`sortSome` returns false until the rows are sorted", () => {
    const store = makeColumnStore({ ...smallTerms, stepsPerCall: 1, stepsPerEntry: 0 })
    for (let times = 0; times < 100; times++) store.append("leads", 1, lead({}))
    const returned: Array<boolean> = []
    while (returned.at(-1) !== true && returned.length < 1_000) returned.push(store.sortSome())
    assert.isAbove(returned.length, 2)
    assert.deepStrictEqual(store.stored("leads")?.unsorted.map(({ size }) => size), [0])
    assert.isTrue(store.sortSome())
  })

  it("a merge of sorted rows pauses more than 1,000 times when 10,000 people have no rows", () => {
    const store = makeColumnStore({ ...smallTerms, step: 512 })
    for (let person = 0; person < 10_000; person++) store.people.codeOf(`person ${person}`)
    const stepsAfter = (rows: number) => {
      for (let row = 0; row < rows; row++) store.append("leads", 1, lead({}))
      return [...store.sort()].length
    }
    const withoutMerge = stepsAfter(1)
    assert.isAbove(stepsAfter(1) - withoutMerge, 1_000)
  })
})
