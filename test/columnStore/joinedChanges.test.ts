import { assert, describe, it } from "@effect/vitest"
import { type ColumnStore, makeColumnStore } from "../../src/columnStore/ColumnStore.ts"
import { imageOf, lead, sort } from "../support/columns.ts"

const at = (day: string) => Date.parse(`${day}T00:00:00Z`)

const spell = (cells: Readonly<Record<string, unknown>>) =>
  imageOf("lead_status_spells", { leadId: "l", status: "lead", startedAt: at("2024-05-02"), ...cells })

const ana = lead({ leadId: "l" })
const bo = lead({ leadId: "l", ownerId: "bo" })
const open = spell({})
const ended = spell({ endedAt: at("2024-05-04") })

const changesOf = (store: ColumnStore, table: string) =>
  store.stored(table)?.unsorted.reduce((sum, { size }) => sum + size, 0)

describe("changes of joined rows", () => {
  it("joined rows are computed again only after a change of a column that the join reads", () => {
    const store = makeColumnStore()
    store.append("leads", 1, ana)
    for (const month of ["01", "02", "03"]) {
      store.append("lead_status_spells", 1, spell({ startedAt: at(`2024-${month}-02`) }))
    }
    sort(store)
    store.append("leads", 1, lead({ leadId: "l", source: "web" }))
    store.append("leads", -1, ana)
    assert.strictEqual(store.unsettled, 0)
    store.append("leads", -1, lead({ leadId: "l", source: "web" }))
    store.append("leads", 1, bo)
    assert.strictEqual(store.unsettled, 4)
    assert.strictEqual(changesOf(store, "stays"), 6)
    assert.strictEqual(store.unsettled, 0)
  })

  it("after a change of a spell, only the joined rows that differ are appended", () => {
    const store = makeColumnStore()
    store.append("leads", 1, ana)
    store.append("lead_status_spells", 1, open)
    store.append("lead_status_spells", 1, spell({ status: "client" }))
    sort(store)
    store.append("lead_status_spells", 1, ended)
    assert.strictEqual(changesOf(store, "stays"), 1)
    store.append("lead_status_spells", -1, open)
    assert.strictEqual(changesOf(store, "stays"), 2)
  })

  it("sorting a column store pauses between the keys whose joined rows it computes, if there are many", () => {
    const store = makeColumnStore()
    for (let key = 0; key < 20; key++) {
      store.append("leads", 1, lead({ leadId: `lead ${key}` }))
      for (let index = 0; index < 1_024; index++) {
        store.append("lead_status_spells", 1, spell({ leadId: `lead ${key}`, startedAt: at("2024-05-02") + index }))
      }
    }
    const steps = store.sort()
    for (let step = 0; step < 19; step++) steps.next()
    // The size counts leads in their table and in the join, all spells in the join, and the joined rows of 19 leads.
    const textsAndLists = 7
    assert.strictEqual(store.size, 20 + 20 + 20 * 1_024 + 19 * 1_024 + textsAndLists)
  })
})
