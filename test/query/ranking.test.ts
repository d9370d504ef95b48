import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { call, deal, member, noTables, time } from "../../src/testing/rows.ts"
import { counted, essence } from "../support/counted.ts"

const many = <A>(count: number, row: (index: number) => A) => Array.from({ length: count }, (_, index) => row(index))
const won = (closedAt: string) => ({ status: "won", closedAt: time(closedAt) })
const may = { preset: "this_month", bucket: "month" }

describe("lost reasons", () => {
  const reasons = (...lostReasons: ReadonlyArray<string | null>) =>
    counted({
      ...noTables,
      deals: lostReasons.map((lostReason, index) =>
        deal(`${index}`, "2024-05-01", { status: "lost", closedAt: time("2024-05-02"), lostReason })
      )
    }, { metricId: "deals.lost_reasons", timeframe: may }).pipe(Effect.map(essence))
  it.effect("lost reasons that differ only in case or spaces are one category, with the most frequent spelling as label", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* reasons(" price", "PRICE\u00a0", "PRICE", "Price", "price"), [[
        "price",
        "PRICE",
        5
      ]])
      assert.deepStrictEqual(yield* reasons("price", "Price"), [["price", "Price", 2]])
      assert.deepStrictEqual(yield* reasons("price", "Price", "price"), [["price", "price", 3]])
      assert.deepStrictEqual(yield* reasons("", "   ", null), [["~none", "No reason", 3]])
      assert.deepStrictEqual(yield* reasons("no reason", null), [["~none", "No reason", 1], [
        "no reason",
        "no reason",
        1
      ]])
    }))
  it.effect("the 10 most frequent lost reasons are shown, and the sum of all others as Other at the end", () =>
    Effect.gen(function*() {
      const rare = many(15, (index) => `r${String(index).padStart(2, "0")}`)
      const shown = yield* reasons(...rare, "r14", "r14")
      assert.deepStrictEqual(shown, [
        ["r14", "r14", 3],
        ...rare.slice(0, 9).map((reason) => [reason, reason, 1]),
        ["~other", "Other", 5]
      ])
    }))
})

describe("a leaderboard", () => {
  it.effect("a leaderboard sorts people by shown value, then name, then id, and puts null values last", () =>
    Effect.gen(function*() {
      const members = [member("u3", "Zoe"), member("u1", "Ann"), member("u2", "Ann"), member("u4", "Ann")]
      const deals = [
        deal("1", "2024-05-01", { ...won("2024-05-02"), ownerId: "u2" }),
        deal("2", "2024-05-01", { ...won("2024-05-02"), ownerId: "u1" }),
        deal("3", "2024-05-01", { status: "lost", closedAt: time("2024-05-02"), ownerId: "u3" })
      ]
      const asked = { metricId: "team.win_rate_by_agent", timeframe: may }
      assert.deepStrictEqual(
        essence(yield* counted({ ...noTables, members, deals }, asked, { assigneeIds: ["u4", "u3", "u2", "u1"] })),
        [[1, "u1", 100], [2, "u2", 100], [3, "u3", 0], [4, "u4", null]]
      )
    }))
  it.effect("a leaderboard of 53 people has 50 rows, and meta.truncated is 3", () =>
    Effect.gen(function*() {
      const members = many(53, (index) => member(`u${index}`, `${index}`))
      const series = yield* counted({ ...noTables, members }, { metricId: "team.leads_by_agent" }, {
        assigneeIds: members.map(({ userId }) => userId)
      })
      assert.deepStrictEqual([series.points.length, series.meta.truncated], [50, 3])
    }))
  it.effect("a leaderboard shows every current member, and former members only if they have counted rows", () =>
    Effect.gen(function*() {
      const left = time("2024-05-01")
      const members = [member("here", "A"), member("left", "B", left), member("left with calls", "C", left)]
      const calls = [call("1", "2024-05-02", { ownerId: "left with calls", outcome: "busy" })]
      const series = yield* counted({ ...noTables, members, calls }, {
        metricId: "team.calls_by_agent",
        timeframe: may
      }, {
        assigneeIds: members.map(({ userId }) => userId)
      })
      assert.deepStrictEqual(essence(series), [[1, "left with calls", 1], [2, "here", 0]])
    }))
})
