import { assert, describe, it } from "@effect/vitest"
import type { ColumnStore } from "../../src/columnStore/ColumnStore.ts"
import { count } from "../../src/columnStore/count.ts"
import { maxRowsOfKey } from "../../src/columnStore/joined/joins.ts"
import { type Asked, planFor } from "../proof/statements.ts"
import { deal, imageOf, joinedStore, kindsIn, lead, smallTerms, sort } from "../support/columns.ts"

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

const counted = (store: ColumnStore, id: Asked["id"], userIds: ReadonlyArray<string>) => {
  const plan = planFor({ id, groupBy: undefined, timeframe: { preset: "all_time" }, userIds, filters: {} })
  return count(plan, store)?.map(({ denominator, group, numerator }) => [group, numerator, denominator])
}

const wonDeal = (cells: Readonly<Record<string, unknown>>) =>
  deal({
    dealId: "d",
    status: "won",
    closedAt: at("2024-05-02"),
    price: 10_000_00,
    commissionMode: "percent",
    commissionPercent: 50_000,
    ...cells
  })

const agentShare = (cells: Readonly<Record<string, unknown>>) =>
  imageOf("deal_shares", { dealId: "d", party: "agent", userId: "bo", mode: "percent", percent: 500_000, ...cells })

const mail = (ownerId: string, direction: string, day: string) =>
  imageOf("emails", { threadId: "t", ownerId, direction, sentAt: at(day) })

const replies = (store: ColumnStore, userIds: ReadonlyArray<string>) => counted(store, "emails.reply_rate", userIds)

type Change = readonly [table: string, weight: number, image: ReadonlyArray<unknown>]

const ana = lead({ leadId: "l" })
const bo = lead({ leadId: "l", ownerId: "bo" })
const open = spell({})
const ended = spell({ endedAt: at("2024-05-04") })

/** A lead gets a spell, the lead moves to another owner, and the spell ends. */
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
  it("the joined rows are the same in whatever order the changes arrive", () => {
    for (const order of ordersOf(changes)) {
      const { commit, store } = joinedStore(smallTerms)
      sort(store)
      commit(order)
      assert.deepStrictEqual([stays(store, ["ana"]), stays(store, ["bo"])], [[], [["lead", 2, 1n]]])
    }
  })

  it("the joined rows are right after each insert or delete of a lead or a spell", () => {
    const { append, store } = joinedStore(smallTerms)
    append("lead_status_spells", 1, open)
    sort(store)
    assert.deepStrictEqual(stays(store), [])
    append("leads", 1, ana)
    assert.deepStrictEqual(stays(store), [["lead", 9, 1n]])
    append("lead_status_spells", 1, ended)
    append("lead_status_spells", -1, open)
    sort(store)
    assert.deepStrictEqual(stays(store), [["lead", 2, 1n]])
    append("leads", -1, ana)
    assert.deepStrictEqual(stays(store), [])
    append("lead_status_spells", -1, ended)
    assert.deepStrictEqual(stays(store), [])
    append("leads", 1, bo)
    append("lead_status_spells", 1, ended)
    assert.deepStrictEqual(stays(store, ["bo"]), [["lead", 2, 1n]])
  })

  it("a spell counts only if it ends at least a millisecond after the window begins", () => {
    const { append, store } = joinedStore(smallTerms)
    append("leads", 1, ana)
    append("lead_status_spells", 1, spell({ startedAt: at("2024-04-20"), endedAt: at("2024-05-01") }))
    sort(store)
    assert.deepStrictEqual(stays(store), [])
    append("lead_status_spells", 1, spell({ startedAt: at("2024-04-20"), endedAt: at("2024-05-01") + 1 }))
    assert.deepStrictEqual(stays(store), [["lead", 1 / 86_400_000, 1n]])
  })

  it("the size of the column store does not grow when a spell is deleted and inserted 100 times", () => {
    const { append, commit, store } = joinedStore(smallTerms)
    commit([["leads", 1, ana], ["lead_status_spells", 1, open]])
    sort(store)
    const { size } = store
    for (let times = 0; times < 100; times++) {
      append("lead_status_spells", -1, open)
      append("lead_status_spells", 1, open)
      sort(store)
    }
    assert.isAtMost(store.size, size + smallTerms.unsorted)
  })

  it("the size of the column store counts the emails of shared threads", () => {
    const { commit, store } = joinedStore(smallTerms)
    commit([["emails", 1, mail("ana", "outbound", "2024-05-02")], ["emails", 1, mail("bo", "inbound", "2024-05-03")]])
    const entries = store.stored("emails")?.unsorted.reduce((sum, { size }) => sum + size, 0) ?? 0
    const [people, listsAndViewers, kinds] = [2, 2 * 2, kindsIn(store, "emails")]
    assert.strictEqual(store.size, entries + store.sharedThreads.size + people + listsAndViewers + kinds)
    assert.strictEqual(store.sharedThreads.size, 2)
  })

  it("when a lead has more than 4,096 spells, the column store drops them and leaves leads.avg_time_in_status to SQL", () => {
    const { append, commit, store } = joinedStore()
    append("leads", 1, ana)
    const spells = Array.from({ length: maxRowsOfKey }, (_, index) => spell({ startedAt: at("2024-05-02") + index }))
    commit(spells.map((image) => ["lead_status_spells", 1, image]))
    sort(store)
    assert.strictEqual(stays(store)?.[0]?.[2], BigInt(maxRowsOfKey))
    const { size } = store
    append("lead_status_spells", 1, spell({ status: "client" }))
    assert.isUndefined(stays(store))
    assert.isAtMost(store.size, size - maxRowsOfKey)
  })

  it("a commission is counted again after a share, the price, or the owner of its deal changed", () => {
    const { append, store } = joinedStore(smallTerms)
    const payouts = () => counted(store, "deals.commission_by_agent", ["ana", "bo"])
    append("deals", 1, wonDeal({}))
    sort(store)
    assert.deepStrictEqual(payouts(), [[null, 0n, 0n]])
    append("deal_shares", 1, agentShare({}))
    assert.deepStrictEqual(payouts(), [[null, 0n, 0n], ["bo", 250_00n, 0n]])
    append("deal_shares", 1, agentShare({ userId: "an agent outside the scope" }))
    append("deals", 1, wonDeal({ dealId: "lost", status: "lost" }))
    append("deal_shares", 1, agentShare({ dealId: "lost" }))
    assert.deepStrictEqual(payouts(), [[null, 0n, 0n], ["bo", 250_00n, 0n]])
    append("deals", -1, wonDeal({}))
    append("deals", 1, wonDeal({ price: 20_000_00 }))
    assert.deepStrictEqual(payouts(), [[null, 0n, 0n], ["bo", 500_00n, 0n]])
    append("deals", -1, wonDeal({ price: 20_000_00 }))
    append("deals", 1, wonDeal({ ownerId: "cy" }))
    assert.deepStrictEqual(payouts(), [])
  })

  it("the column store leaves commissions to SQL when an amount of a won deal is 2^53 cents or more", () => {
    const { append, store } = joinedStore(smallTerms)
    const breakdown = () => counted(store, "deals.commission_breakdown", ["ana"])
    append("deals", 1, wonDeal({}))
    append("deal_shares", 1, agentShare({ mode: "fixed", amount: 100 }))
    assert.strictEqual(breakdown()?.length, 5)
    const huge = agentShare({ shareId: "huge", party: "collaborator", mode: "percent", percent: 0, amount: 2 ** 53 })
    append("deal_shares", 1, huge)
    assert.isUndefined(breakdown())
  })

  it("a reply dated after the current time does not count in the reply rate", () => {
    const { append, store } = joinedStore(smallTerms)
    append("emails", 1, mail("ana", "outbound", "2024-05-16"))
    append("emails", 1, mail("ana", "inbound", "2024-05-18"))
    assert.deepStrictEqual(replies(store, ["ana"]), [[null, 0n, 1n]])
  })

  it("the reply rate of a thread of two people is right in each scope after each change of the thread", () => {
    const { append, store } = joinedStore(smallTerms)
    append("emails", 1, mail("ana", "outbound", "2024-05-02"))
    append("emails", 1, mail("bo", "inbound", "2024-05-03"))
    append("emails", 1, mail("bo", "outbound", "2024-04-01"))
    sort(store)
    assert.deepStrictEqual(replies(store, ["ana"]), [[null, 0n, 1n]])
    assert.deepStrictEqual(replies(store, ["bo"]), [[null, 0n, 1n]])
    assert.deepStrictEqual(replies(store, ["ana", "bo"]), [[null, 0n, 1n]])
    append("emails", -1, mail("bo", "outbound", "2024-04-01"))
    assert.deepStrictEqual(replies(store, ["ana", "bo"]), [[null, 1n, 1n]])
    assert.deepStrictEqual(replies(store, ["bo"]), [])
    append("emails", -1, mail("bo", "inbound", "2024-05-03"))
    append("emails", 1, mail("ana", "inbound", "2024-05-04"))
    assert.deepStrictEqual([replies(store, ["ana"]), replies(store, ["bo"])], [[[null, 1n, 1n]], []])
    assert.strictEqual(store.sharedThreads.size, 0)
  })
})
