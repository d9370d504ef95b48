import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Tables } from "../../src/metrics/crm.ts"
import { deal, euros, member, noTables, percents, share, time } from "../../src/testing/rows.ts"
import { counted, essence } from "../support/counted.ts"

type Deal = Partial<Tables["deals"][number]>
type Share = Partial<Tables["dealShares"][number]>

const percent = (price: number | null, rate: number): Deal => ({
  price: price === null ? null : euros(price),
  commissionMode: "percent",
  commissionPercent: percents(rate)
})
const fixed = (amount: number): Deal => ({
  price: euros(1_000),
  commissionMode: "fixed",
  commissionAmount: euros(amount)
})
const partner = (rate: number): Share => ({ party: "collaborator", percent: percents(rate) })
const agent = (rate: number): Share => ({ userId: "ana", percent: percents(rate) })

const points = (won: ReadonlyArray<readonly [Deal, ReadonlyArray<Share>]>) => {
  const closed = { status: "won", closedAt: time("2024-05-02") }
  const deals = won.map(([row], index) => deal(`${index}`, "2024-05-01", { ...closed, ...row }))
  const dealShares = won.flatMap(([, shares], index) => shares.map((row, place) => share(`${index}`, `${place}`, row)))
  return counted({ ...noTables, deals, dealShares }, { metricId: "deals.commission_breakdown" }, {}).pipe(
    Effect.map((series) => series.points.map((point) => "value" in point ? Number(point.value) : NaN))
  )
}

const cents = (amount: number) => Math.round(amount * 100)

/** The numbers were computed by hand: total, collaborators, agency, agents, and net. */
const cases: ReadonlyArray<readonly [string, Deal, ReadonlyArray<Share>, ReadonlyArray<number>]> = [
  ["neither a percentage nor an amount", {}, [], [0, 0, 0, 0, 0]],
  ["a percentage of the price", percent(100_000, 3), [partner(20), agent(50)], [3_000, 600, 2_400, 1_200, 1_200]],
  ["a fixed amount", fixed(500), [partner(10), agent(10)], [500, 50, 450, 45, 405]],
  ["no price", percent(null, 3), [partner(50)], [0, 0, 0, 0, 0]],
  ["a percentage, an amount and the mode percent", { ...percent(100, 10), commissionAmount: euros(7) }, [], [
    10,
    0,
    10,
    0,
    10
  ]],
  ["the mode percent without a percentage", { ...fixed(7), commissionMode: "percent" }, [], [0, 0, 0, 0, 0]],
  [
    "a percentage, an amount and no mode",
    { ...percent(100, 10), commissionMode: null, commissionAmount: euros(7) },
    [],
    [
      7,
      0,
      7,
      0,
      7
    ]
  ],
  [
    "a percentage, an amount of 0 and no mode",
    { ...percent(100, 10), commissionMode: null, commissionAmount: 0n },
    [],
    [
      0,
      0,
      0,
      0,
      0
    ]
  ],
  ["a percentage and no mode", { ...percent(100, 10), commissionMode: null }, [], [10, 0, 10, 0, 10]],
  ["a commission of half a cent", percent(0.5, 1), [], [0.01, 0, 0.01, 0, 0.01]],
  ["a commission of minus half a cent", percent(-0.5, 1), [], [-0.01, 0, -0.01, 0, -0.01]],
  ["a commission of less than half a cent", percent(0.49, 1), [], [0, 0, 0, 0, 0]],
  ["two shares of 50 percent of one cent", percent(1, 1), [partner(50), partner(50)], [
    0.01,
    0.02,
    -0.01,
    0,
    -0.01
  ]],
  ["agents who get percentages of the agency's rounded amount", percent(1, 1), [
    partner(50),
    partner(50),
    agent(50),
    agent(50)
  ], [
    0.01,
    0.02,
    -0.01,
    -0.02,
    0.01
  ]],
  ["shares of a third of a cent", fixed(0.01), [agent(33.3333), agent(33.3333), agent(33.3333)], [
    0.01,
    0,
    0.01,
    0,
    0.01
  ]],
  ["shares of more than 100 percent", percent(1_000, 150), [partner(120), agent(200)], [1_500, 1_800, -300, -600, 300]],
  ["a negative price", percent(-1_000, 10), [partner(10), agent(50)], [-100, -10, -90, -45, -45]],
  ["negative shares", fixed(100), [partner(-10), { userId: "ana", amount: euros(-5) }], [100, -10, 110, -5, 115]],
  ["a fixed share", fixed(100), [{ party: "collaborator", amount: euros(30) }, agent(10)], [
    100,
    30,
    70,
    7,
    63
  ]],
  ["a fixed share without an amount", fixed(100), [{ party: "collaborator", mode: "fixed", percent: percents(10) }], [
    100,
    0,
    100,
    0,
    100
  ]],
  ["a percentage with four decimals", percent(1_000_000, 2.9999), [], [29_999, 0, 29_999, 0, 29_999]],
  ["a share of an unknown party", fixed(100), [{ party: "charity", amount: euros(5) }], [
    100,
    0,
    100,
    0,
    100
  ]]
]

describe("commission", () => {
  it.effect("deals.commission_by_agent omits agents who get nothing", () =>
    Effect.gen(function*() {
      const members = [member("ana", "Ana"), member("bo", "Bo"), member("cy", "Cy")]
      const deals = [deal("1", "2024-05-01", { status: "won", closedAt: time("2024-05-02"), ...fixed(100) })]
      const dealShares = [share("1", "ana", agent(10)), share("1", "bo", { userId: "bo", percent: 0n })]
      const asked = { metricId: "deals.commission_by_agent", timeframe: { preset: "this_month" } }
      const series = yield* counted({ ...noTables, members, deals, dealShares }, asked, {
        assigneeIds: ["ana", "bo", "cy"]
      })
      assert.deepStrictEqual(essence(series), [[1, "ana", 10]])
    }))
  it.effect.each(cases)(
    "the commission of a deal with %s equals the amounts computed by hand",
    ([, row, shares, expected]) =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* points([[row, shares]]), [...expected])
      })
  )
  it.effect("the commission of several deals is the sum of their rounded commissions", () =>
    Effect.gen(function*() {
      const sum = yield* points(cases.map(([, row, shares]) => [row, shares]))
      const expected = cases.reduce((all, [, , , values]) => all.map((cent, at) => cent + cents(values[at] ?? NaN)), [
        0,
        0,
        0,
        0,
        0
      ])
      assert.deepStrictEqual(sum.map(cents), expected)
    }))
  it.effect("the parts of a commission add up to the cent, for prices up to ten billion", () =>
    Effect.gen(function*() {
      const deals = cases.map(([, row, shares]) => [row, shares] as const)
      const huge = [{ ...percent(0, 99.9999), price: 999_999_999_999n }, [partner(33.3333), agent(77.7777)]] as const
      for (const one of [...deals, huge]) {
        const [total = 0, partners = 0, agency = 0, agents = 0, net = 0] = yield* points([one])
        assert.deepStrictEqual([cents(total) - cents(partners), cents(agency) - cents(agents)], [
          cents(agency),
          cents(net)
        ])
      }
    }))
})
