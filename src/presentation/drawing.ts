import type { EChartsOption } from "echarts"
import type { ChartKind } from "../domain/Chart.ts"
import type { CategoryPoint, LeaderboardPoint, MetricSeries } from "../domain/Series.ts"
import { barDrawing } from "./barDrawing.ts"
import type { Details, Size } from "./Details.ts"
import { base, type Look, lookOf } from "./Look.ts"
import { pieDrawing } from "./pieDrawing.ts"
import { radarDrawing } from "./radarDrawing.ts"
import { radialDrawing } from "./radialDrawing.ts"
import { statDrawing } from "./statDrawing.ts"
import { stateOf } from "./stateOf.ts"
import { targetStrip } from "./targetStrip.ts"
import { fontFamily } from "./themes.ts"
import { timeseriesDrawing } from "./timeseriesDrawing.ts"

const message = (look: Look, title: string, detail: string): EChartsOption => {
  const { size, theme } = look
  const width = Math.max(60, size.width - 32)
  return {
    ...base(look),
    graphic: [{
      type: "group",
      left: "center",
      top: "middle",
      silent: true,
      children: [
        {
          type: "text",
          style: {
            text: title,
            fill: theme.ink,
            fontSize: 14,
            fontWeight: 600,
            fontFamily,
            align: "center",
            width,
            overflow: "truncate"
          }
        },
        {
          type: "text",
          y: 24,
          style: {
            text: detail,
            fill: theme.muted,
            fontSize: 12,
            lineHeight: 17,
            fontFamily,
            align: "center",
            width,
            overflow: "break",
            height: Math.max(17, size.height - 48),
            lineOverflow: "truncate"
          }
        }
      ]
    }]
  }
}

type Points = ReadonlyArray<CategoryPoint | LeaderboardPoint>

const isPie = (points: Points) =>
  points.some(({ value }) => value !== null && value > 0) && points.every(({ value }) => value === null || value >= 0)

const isRadar = (points: Points, { size }: Look) =>
  isPie(points) && points.length >= 3 && points.length <= 12 && Math.min(size.width, size.height * 1.4) >= 240

/** Bars replace a pie or a radar chart that cannot show these values. */
const categories = (series: Exclude<MetricSeries, { shape: "timeseries" }>, chart: ChartKind, look: Look) => {
  const { meta, points } = series
  const bars = () => barDrawing(points, chart, meta.additive, look)
  switch (chart) {
    case "pie":
    case "donut":
      return isPie(points) ? pieDrawing(points, chart, meta.additive, look) : bars()
    case "radar":
      return isRadar(points, look) ? radarDrawing(points, look) : bars()
    case "area":
    case "line":
    case "bar":
    case "radial":
    case "funnel":
    case "stat":
    case "leaderboard":
      return bars()
  }
}

const filled = (series: MetricSeries, chart: ChartKind, look: Look): EChartsOption => {
  switch (series.shape) {
    case "timeseries":
      return timeseriesDrawing(series, chart, look)
    case "category":
    case "leaderboard":
      return categories(series, chart, look)
    case "stat": {
      const stat = series.stat ?? { value: null, previous: null, deltaPct: null }
      return chart === "radial" ? radialDrawing(stat, look) : statDrawing(stat, look)
    }
  }
}

type Placed = NonNullable<EChartsOption["grid"]> | NonNullable<EChartsOption["legend"]>

/** Only a part whose place is measured from the bottom is raised. */
const raised = <A extends Placed>(part: A, by: number): A =>
  !Array.isArray(part) && "bottom" in part && typeof part.bottom === "number"
    ? { ...part, bottom: part.bottom + by }
    : part

/** The chart leaves the bottom of the card to the strip of its target. */
const aboveStrip = (option: EChartsOption, { graphic, height }: ReturnType<typeof targetStrip>): EChartsOption => {
  const { graphic: drawn, grid, legend } = option
  return {
    ...option,
    graphic: [...[drawn ?? []].flat(), ...graphic],
    ...(grid !== undefined && { grid: raised(grid, height) }),
    ...(legend !== undefined && { legend: raised(legend, height) })
  }
}

export const drawing = (
  series: MetricSeries,
  chart: ChartKind,
  theme: Look["theme"],
  size: Size,
  details: Details
): EChartsOption => {
  const look = lookOf(series, theme, size, details)
  const state = stateOf(series, details.localization)
  if (state.kind !== "filled") return message(look, state.title, state.text)
  const strip = targetStrip(series.meta, look)
  if (strip.height === 0) return filled(series, chart, look)
  const above = { ...look, size: { ...size, height: size.height - strip.height } }
  return aboveStrip(filled(series, chart, above), strip)
}
