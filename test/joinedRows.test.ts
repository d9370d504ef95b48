import { assert, describe, it } from "@effect/vitest"
import { type ColumnStore, makeColumnStore } from "../src/query/columnar/ColumnStore.ts"
import { maxRowsOfKey } from "../src/query/columnar/joined/Join.ts"
import { count } from "../src/query/count.ts"
import { planFor } from "./proof/statements.ts"
import { imageOf, lead, smallTerms, sort } from "./support/columns.ts"

const at = (day: string) => Date.parse(`${day}T00:00:00Z`)

const spell = (cells: Readonly<Record<string, unknown>>) =>
  imageOf("lead_status_spells", { leadId: "l", status: "lead", startedAt: at("2024-05-02"), ...cells })

const stays = (store: ColumnStore, userIds: ReadonlyArray<string> = ["ana"]) => {
  const timeframe = { preset: "custom", from: "2024-05-01", to: "2024-05-10", timeZone: "UTC" } as const
  const plan = planFor({ id: "leads.avg_time_in_status", groupBy: undefined, timeframe, userIds, filters: {} })
  return count(plan, store)?.map(({ denominator, group, numerator }) => [
    group,
    Number(numerator) / 86_400_000,
    denominator
  ])
}

type Change = readonly [table: string, weight: number, image: ReadonlyArray<unknown>]

const ana = lead({ leadId: "l" })
const bo = lead({ leadId: "l", ownerId: "bo" })
const open = spell({})
const ended = spell({ endedAt: at("2024-05-04") })

/** A lead gets a stay, the lead moves to another owner, and the stay ends. */
const changes: ReadonlyArray<Change> = [
  ["leads", 1, ana],
  ["lead_status_spells", 1, open],
  ["leads", -1, ana],
  ["leads", 1, bo],
  ["lead_status_spells", -1, open],
  ["lead_status_spells", 1, ended]
]

const ordersOf = <A>(values: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  values.length === 0
    ? [[]]
    : values.flatMap((value, index) => ordersOf(values.toSpliced(index, 1)).map((others) => [value, ...others]))

describe("joined rows", () => {
  it("the joined rows are the same after each order of the changes", () => {
    for (const order of ordersOf(changes)) {
      const store = makeColumnStore(smallTerms)
      sort(store)
      for (const change of order) store.append(...change)
      assert.deepStrictEqual([stays(store, ["ana"]), stays(store, ["bo"])], [[], [["lead", 2, 1n]]])
    }
  })

  it("the joined rows are right after each change that leaves whole rows", () => {
    const store = makeColumnStore(smallTerms)
    store.append("lead_status_spells", 1, open)
    sort(store)
    assert.deepStrictEqual(stays(store), [])
    store.append("leads", 1, ana)
    assert.deepStrictEqual(stays(store), [["lead", 9, 1n]])
    store.append("lead_status_spells", 1, ended)
    store.append("lead_status_spells", -1, open)
    sort(store)
    assert.deepStrictEqual(stays(store), [["lead", 2, 1n]])
    store.append("leads", -1, ana)
    assert.deepStrictEqual(stays(store), [])
    store.append("lead_status_spells", -1, ended)
    assert.deepStrictEqual(stays(store), [])
    store.append("leads", 1, bo)
    store.append("lead_status_spells", 1, ended)
    assert.deepStrictEqual(stays(store, ["bo"]), [["lead", 2, 1n]])
  })

  it("the size of the column store includes the rows that are joined, and is the same after a row came and went", () => {
    const store = makeColumnStore(smallTerms)
    sort(store)
    store.append("lead_status_spells", 1, open)
    assert.strictEqual(store.size, 1)
    for (let times = 0; times < 100; times++) {
      store.append("lead_status_spells", -1, open)
      store.append("lead_status_spells", 1, open)
    }
    assert.strictEqual(store.size, 1)
  })

  it("the column store leaves a metric to SQL when a key has more than 4,096 rows of one table", () => {
    const store = makeColumnStore()
    store.append("leads", 1, ana)
    for (let index = 0; index < maxRowsOfKey; index++) {
      store.append("lead_status_spells", 1, spell({ startedAt: at("2024-05-02") + index }))
    }
    sort(store)
    assert.strictEqual(stays(store)?.[0]?.[2], BigInt(maxRowsOfKey))
    store.append("lead_status_spells", 1, spell({ status: "client" }))
    assert.isUndefined(stays(store))
  })
})
