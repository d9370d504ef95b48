import { assert, describe, it } from "@effect/vitest"
import type { EChartsOption } from "echarts"
import type { ChartKind } from "../../src/domain/Chart.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { drawing } from "../../src/presentation/drawing.ts"
import { light } from "../../src/presentation/themes.ts"
import { timeseries } from "../gallery/hostile.ts"
import { english } from "../support/english.ts"

const size = { width: 420, height: 240 }

const optionOf = (series: MetricSeries, chart: ChartKind = "line", chosen?: string) =>
  drawing(series, chart, light, size, { localization: english, chosen })

interface Dot {
  readonly value: unknown
  readonly symbolSize?: number
  readonly itemStyle?: { readonly color?: string }
}

const seriesOf = ({ series }: EChartsOption): ReadonlyArray<{ data?: unknown; z?: unknown }> =>
  JSON.parse(JSON.stringify(series))

const isDot = (item: unknown): item is Dot => typeof item === "object" && item !== null && "value" in item

/** The indexes of the dots that are drawn, of the lines themselves or above the lighter area. */
const dotsOf = (option: EChartsOption, isAbove: boolean) =>
  seriesOf(option).filter(({ z }) => (z === 6) === isAbove).map(({ data }) =>
    (Array.isArray(data) ? data : []).flatMap((item, index) =>
      isDot(item) && item.value !== "-" && item.symbolSize !== 0 ? [{ index, fill: item.itemStyle?.color }] : []
    )
  ).filter((dots) => dots.length > 0)

const names = ({ legend }: EChartsOption) =>
  legend === undefined || Array.isArray(legend) || legend.data === undefined
    ? []
    : legend.data.map((item) => typeof item === "string" ? item : item.name)

describe("the dots of a line with an unfinished period", () => {
  it("a line with an unfinished last period has a dot at each point, and the dots beside the lighter area are above it", () => {
    const option = optionOf(timeseries(["Leads"], 5, (at) => at))
    assert.deepStrictEqual(dotsOf(option, false).flat().map(({ index }) => index), [0, 1, 2])
    assert.deepStrictEqual(dotsOf(option, true), [[{ index: 3, fill: undefined }, {
      index: 4,
      fill: light.surface
    }]])
  })

  it("a line has a dot after an unfinished first period, and no second dot where its only value has one", () => {
    const { points, ...rest } = timeseries(["Leads"], 5, (at) => at)
    const first = { ...rest, points: points.map((point, at) => ({ ...point, partial: at === 0 })) }
    assert.deepStrictEqual(dotsOf(optionOf(first), true).flat().map(({ index }) => index), [0, 1])
    const alone = optionOf(timeseries(["Leads"], 5, (at) => at === 4 ? 1 : null))
    assert.deepStrictEqual(dotsOf(alone, true), [])
    assert.deepStrictEqual(dotsOf(alone, false).flat().map(({ index }) => index), [4])
  })

  it("a line chart has dots above the lighter area of each of its lines, and none if areas are stacked or points are many", () => {
    const two = timeseries(["Ana", "Bo"], 5, (at) => at)
    assert.lengthOf(dotsOf(optionOf(two), true), 2)
    assert.lengthOf(dotsOf(optionOf(two, "area"), true), 0)
    assert.lengthOf(dotsOf(optionOf(timeseries(["Leads"], 60, (at) => at)), true), 0)
  })
})

describe("a view that is narrowed to one series", () => {
  it("the legend of a view that is narrowed to one series leaves out its name, which is a button below the drawing", () => {
    const one = timeseries(["Leads"], 5, (at) => at)
    assert.deepStrictEqual(names(optionOf(one)), [])
    assert.deepStrictEqual(names(optionOf(one, "bar", "value")), [])
    const compared = { ...one, previousPoints: one.points }
    assert.deepStrictEqual(names(optionOf(compared)), ["Leads", "Previous period"])
    assert.deepStrictEqual(names(optionOf(compared, "bar", "value")), ["Previous period"])
    assert.deepStrictEqual(names(optionOf(timeseries(["Ana", "Bo"], 5, (at) => at), "bar", "key_1")), ["Ana"])
  })
})
