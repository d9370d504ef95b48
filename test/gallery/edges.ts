import type { DocumentCard } from "../../src/documents/Document.ts"
import type { ChartKind } from "../../src/domain/Chart.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import {
  categorySeries,
  cohortSeries,
  funnelSeries,
  hostileLabels,
  leaderboardSeries,
  metaOf,
  statSeries,
  timeseries
} from "./hostile.ts"

export type Sized = Omit<DocumentCard, "x" | "y">

const card = (
  title: string,
  chart: ChartKind,
  series: MetricSeries,
  [w, h]: readonly [number, number] = [4, 5],
  details: DocumentCard["details"] = {}
): Sized => ({ title: `${title}, ${chart}`, metricId: "leads.total", description: "", chart, series, details, w, h })

const wave = (at: number, series = 0) => Math.round(40 + 30 * Math.sin(at / 3 + series) + 7 * series)
const lines = ["area", "line", "bar"] as const
const rounds = ["bar", "pie", "donut", "radar"] as const
const many = Array.from({ length: 1_000 }, (_, index) => `Tag ${index + 1}`)

export const hostileCards: ReadonlyArray<Sized> = [
  ...rounds.map((chart) => card("Hostile labels", chart, categorySeries(hostileLabels, (at) => 90 - 9 * at))),
  ...lines.map((chart) => card("Hostile labels", chart, timeseries(hostileLabels, 14, wave), [6, 6])),
  ...(["leaderboard", "bar"] as const).map((chart) =>
    card("Hostile labels", chart, leaderboardSeries(hostileLabels, (at) => 90 - 9 * at), [6, 6])
  ),
  card(hostileLabels.join(" "), "bar", categorySeries(hostileLabels, (at) => at), [12, 5])
]

export const extremeCards: ReadonlyArray<Sized> = [
  ...rounds.map((chart) => card("One point", chart, categorySeries(["Web"], () => 12), [3, 4])),
  ...lines.map((chart) => card("One point", chart, timeseries(["Leads"], 1, wave))),
  ...rounds.map((chart) => card("1,000 points", chart, categorySeries(many, (at) => 1_000 - at), [3, 5])),
  ...lines.map((chart) => card("1,000 points", chart, timeseries(["Leads"], 1_000, wave))),
  ...lines.map((chart) => card("1,000 points, 3 series", chart, timeseries(["A", "B", "C"], 1_000, wave))),
  ...rounds.map((chart) =>
    card("Negative and null", chart, categorySeries(["Up", "Down", "None"], (at) => [40, -25, null][at] ?? null), [
      3,
      4
    ])
  ),
  ...rounds.map((chart) => card("Zeros", chart, categorySeries(["Up", "Down", "None"], () => 0), [3, 4])),
  ...lines.map((chart) =>
    card("Negative and null", chart, timeseries(["Change"], 14, (at) => at % 5 === 2 ? null : wave(at) - 45))
  ),
  card(
    "Negative and null",
    "leaderboard",
    leaderboardSeries(["Ana", "Bea", "Cid"], (at) => [40.5, -25, null][at] ?? null, metaOf("percent"))
  ),
  card("Negative, long labels", "bar", categorySeries(hostileLabels, (at) => 30 - 15 * at)),
  card("One person", "leaderboard", leaderboardSeries(["Ana Ferrer"], () => 40)),
  card("1,000 people", "leaderboard", leaderboardSeries(many, (at) => 1_000 - at), [4, 8])
]

const steps = ["Entered", "Potential", "Client", "Unqualified", "Bad timing", "On hold"]

export const funnelCards: ReadonlyArray<Sized> = [
  card("Funnel", "funnel", funnelSeries(steps, [2_340, 910, 187, 240, 96, 12]), [6, 6]),
  card("Wide", "funnel", funnelSeries(steps, [2_340, 910, 187, 240, 96, 12]), [12, 5]),
  card("Narrow", "funnel", funnelSeries(steps, [2_340, 910, 187, 240, 96, 12]), [3, 4]),
  card("Low", "funnel", funnelSeries(steps, [2_340, 910, 187, 240, 96, 12]), [4, 2]),
  card("As bars", "bar", funnelSeries(steps, [2_340, 910, 187, 240, 96, 12])),
  card("Zeros", "funnel", funnelSeries(steps, [0, 0, 0, 0, 0])),
  card("All reach the end", "funnel", funnelSeries(steps, [40, 40, 40, 0, 0])),
  card("Hostile labels", "funnel", funnelSeries(hostileLabels, hostileLabels.map((_, at) => 9_000 - 900 * at)), [6, 6])
]

const shares = [8.2, 9.1, 7.4, 10.3, 11.8, 9.9, 12.4, 10.1, 7.2, 4.8, 2.1, 0.4]

export const cohortCards: ReadonlyArray<Sized> = [
  ...lines.map((chart) => card("Cohorts", chart, cohortSeries(shares, 9), [6, 5])),
  ...lines.map((chart) => card("All young", chart, cohortSeries(shares, 0), [6, 5])),
  card("Gaps", "line", cohortSeries(shares.map((value, at) => at % 4 === 2 ? null : value), 8), [6, 5]),
  card("One cohort", "line", cohortSeries([12.5], 0), [3, 4])
]

const shared = { additive: false }

const ofPeople = (names: ReadonlyArray<string>, size: readonly [number, number]): Sized => {
  const columns = [
    card("Won value", "leaderboard", leaderboardSeries(names, (at) => 1_306_500.5 / (at + 1), metaOf("money", shared))),
    card(
      "Win rate",
      "leaderboard",
      leaderboardSeries(names, (at) => at === 2 ? null : 66.7, metaOf("percent", shared))
    ),
    card("Calls", "leaderboard", leaderboardSeries(names.slice(1), (at) => 50 - at)),
    card("Commission", "leaderboard", leaderboardSeries([], () => 0, metaOf("money", { gated: "admin_only" })))
  ].map((one) => ({ ...one, title: one.title.replace(", leaderboard", ""), x: 0, y: 0 }))
  return { ...card("Team", "leaderboard", leaderboardSeries(names, () => 0), size), columns }
}

export const peopleCards: ReadonlyArray<Sized> = [
  ofPeople(["Ana Ferrer", "Bea Navarro", "Carlos Vidal", "Gaël Martin"], [12, 5]),
  ofPeople(hostileLabels, [6, 6]),
  ofPeople(many.slice(0, 50), [6, 6]),
  ofPeople(["Ana"], [3, 3])
]

const stat = (
  title: string,
  series: MetricSeries,
  chart: "stat" | "radial" = "stat",
  details: DocumentCard["details"] = {}
) => card(title, chart, series, [3, 3], details)

export const stateCards: ReadonlyArray<Sized> = [
  stat("Up is good", statSeries(1_971, 1_251, 57.6), "stat", { moreIsBetter: true }),
  stat("Up is bad", statSeries(1_971, 1_251, 57.6), "stat", { moreIsBetter: false }),
  stat("Down is bad", statSeries(44.5, 50, -11, metaOf("percent")), "stat", { moreIsBetter: true }),
  stat("Down is bad", statSeries(44.5, 50, -11, metaOf("percent")), "radial", { moreIsBetter: true }),
  stat("Neither", statSeries(12, 12, 0)),
  stat("No previous", statSeries(157_634_123.45, null, null, metaOf("money"))),
  stat("From zero", statSeries(12, 0, null)),
  stat("Long", statSeries(1_274.8, 1_151.2, 10.7, metaOf("minutes")), "stat", { moreIsBetter: false }),
  stat("Huge", statSeries(157_634_123_456.78, 150_634_123_456.78, 4.6, metaOf("money"))),
  stat("Negative", statSeries(-1_234_567.89, 1_000, -123_556.8, metaOf("money")), "stat", { moreIsBetter: true }),
  stat("Full", statSeries(100, 99.9, 0.1, metaOf("percent")), "radial"),
  stat("Nothing", statSeries(0, 12, -100, metaOf("percent")), "radial"),
  card("Narrow", "stat", statSeries(157_634_123.45, 150_000_000, 5.1, metaOf("money")), [2, 3]),
  card("Narrow", "radial", statSeries(44.5, 50, -11, metaOf("percent")), [2, 3]),
  card("Low", "stat", statSeries(1_971, 1_251, 57.6), [3, 2]),
  card("Low", "radial", statSeries(44.5, 50, -11, metaOf("percent")), [3, 2]),
  stat("Without a value", statSeries(null, null, null)),
  stat("Gated", { ...statSeries(null, null, null, metaOf("count", { gated: "admin_only" })), series: [], stat: null }),
  stat("Failed", {
    ...statSeries(null, null, null),
    stat: null,
    error: { code: "timeout", message: "The count took too long. The other numbers are not affected." }
  }),
  stat("Empty", { ...categorySeries([], () => 0), meta: metaOf() }),
  card("Nobody", "bar", categorySeries([], () => 0, metaOf("count", { scope: { kind: "members", members: 0 } }))),
  card(
    "Excluded, cut off",
    "bar",
    categorySeries(
      ["A", "B", "C"],
      (at) => 1_000 * at,
      metaOf("money", {
        excluded: [{ currency: "GBP", count: 35, total: 1_234_567 }, { currency: "USD", count: 1, total: 999.5 }],
        truncated: 12
      })
    )
  ),
  card("Not additive", "donut", categorySeries(["A", "B", "C"], (at) => 10 + at, metaOf("count", { additive: false }))),
  ...lines.map((chart) =>
    card("Previous", chart, {
      ...timeseries(["Leads"], 30, wave),
      previousPoints: timeseries(["Leads"], 30, (at) => wave(at + 4) - 12).points
    })
  )
]
