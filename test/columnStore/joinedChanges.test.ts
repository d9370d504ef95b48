import { assert, describe, it } from "@effect/vitest"
import type { ColumnStore } from "../../src/columnStore/ColumnStore.ts"
import { maxRowsOfKey } from "../../src/columnStore/joined/joins.ts"
import { staysJoin } from "../../src/columnStore/joined/stays.ts"
import { threadsJoin } from "../../src/columnStore/joined/threads.ts"
import { imageOf, joinedStore, lead, sort } from "../support/columns.ts"

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
    const { append, commit, store } = joinedStore()
    append("leads", 1, ana)
    for (const month of ["01", "02", "03"]) {
      append("lead_status_spells", 1, spell({ startedAt: at(`2024-${month}-02`) }))
    }
    sort(store)
    const web = lead({ leadId: "l", source: "web" })
    commit([["leads", 1, web], ["leads", -1, ana]])
    assert.strictEqual(changesOf(store, "stays"), 0)
    commit([["leads", -1, web], ["leads", 1, bo]])
    assert.strictEqual(changesOf(store, "stays"), 6)
  })

  it("joined rows are replaced after a change of a lead that a load has joined", () => {
    const { store } = joinedStore()
    const spells = [[1, "lead", at("2024-05-02"), null], [1, "client", at("2024-04-02"), null]]
    const former = [...spells, [0, "ana", ["bo"]]]
    store.join(staysJoin, "l", [], former)
    store.join(staysJoin, "without a lead", [], [[1, "lead", at("2024-05-02"), null]])
    sort(store)
    // Each spell has an entry for its owner, one for its assignee, and one among all shared rows, in two orders.
    assert.strictEqual(store.stored("stays")?.levels.size, 6)
    store.join(staysJoin, "l", former, [...spells, [0, "cy", []]])
    assert.strictEqual(changesOf(store, "stays"), 4)
    store.join(staysJoin, "without a lead", [[1, "lead", at("2024-05-02"), null]], [
      [0, "ana", []],
      [1, "lead", at("2024-05-02"), null]
    ])
    assert.strictEqual(changesOf(store, "stays"), 5)
  })

  it("after a change of a spell, only the joined rows that differ are appended", () => {
    const { append, store } = joinedStore()
    append("leads", 1, ana)
    append("lead_status_spells", 1, open)
    append("lead_status_spells", 1, spell({ status: "client" }))
    sort(store)
    append("lead_status_spells", 1, ended)
    assert.strictEqual(changesOf(store, "stays"), 1)
    append("lead_status_spells", -1, open)
    assert.strictEqual(changesOf(store, "stays"), 2)
  })

  it("when a thread has more than 4,096 emails, the column store drops the shared threads of the join", () => {
    const { commit, store } = joinedStore()
    const mail = (ownerId: string, direction: string) =>
      imageOf("emails", { threadId: "t", ownerId, direction, sentAt: at("2024-05-02") })
    commit([["emails", 1, mail("ana", "outbound")], ["emails", 1, mail("bo", "inbound")]])
    assert.strictEqual(store.sharedThreads.size, 2)
    const { size } = store
    store.join(threadsJoin, "long", [], Array.from({ length: maxRowsOfKey + 1 }, () => [0]))
    assert.isUndefined(store.stored("threads"))
    assert.deepStrictEqual([store.sharedThreads.size, store.size], [0, size - 2])
  })
})
