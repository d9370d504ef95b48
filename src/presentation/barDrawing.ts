import type { EChartsOption } from "echarts"
import type { ChartKind } from "../domain/Chart.ts"
import { dataOf, type Point, type Points, widthOf } from "./barLabels.ts"
import { statOf } from "./changeOf.ts"
import { funnelBars, funnelColumns, isFunnel, stepsIn } from "./funnelDrawing.ts"
import { base, type Look, text, valueAxis } from "./Look.ts"
import { restName, restValue } from "./restOf.ts"
import { textWidth } from "./textWidth.ts"
import { fontFamily } from "./themes.ts"

const rowHeight = 22
const moreHeight = 20

const targetOf = (point: Point): number | undefined =>
  "target" in point && typeof point.target === "number" ? point.target : undefined

/** A bar has a mark at the target of its person, and a lighter bar behind it ends at the target or at the value. */
const barsAcross = (points: Points, look: Look): NonNullable<EChartsOption["series"]> => {
  const { theme } = look
  const bars = { type: "bar" as const, barMaxWidth: 20, barCategoryGap: "24%", data: dataOf(points, true, look) }
  const rounded = { borderRadius: [0, 3, 3, 0] }
  const values = { ...bars, itemStyle: { ...rounded, color: theme.colors.blue } }
  const marks = points.flatMap((point, row) => {
    const target = targetOf(point)
    return target === undefined ? [] : [[target, row]]
  })
  if (marks.length === 0) return [values]
  const tracks = dataOf(points, true, look).map((bar, row) => {
    const target = points[row] && targetOf(points[row])
    return { ...bar, value: Math.max(bar.value, target ?? bar.value) }
  })
  return [
    { ...values, barGap: "-100%", z: 3, data: points.map(({ value }) => value ?? 0) },
    { ...bars, silent: true, itemStyle: { ...rounded, color: theme.line }, data: tracks },
    {
      type: "line",
      data: marks,
      silent: true,
      z: 4,
      symbol: "rect",
      symbolSize: [2, 18],
      lineStyle: { width: 0 },
      itemStyle: { color: theme.ink }
    }
  ]
}

const fits = (label: string, width: number, { fontSize }: Look) =>
  label.split(" ").every((word) => textWidth(word, fontSize) <= width) && textWidth(label, fontSize) <= width * 1.8

const isCompared = (points: Points) => points.some((point) => statOf(point) !== undefined)

const upright = (points: Points, look: Look): EChartsOption => {
  const width = Math.floor((look.size.width - 60) / points.length) - 8
  const top = isCompared(points) ? 40 : 24
  return {
    ...base(look),
    grid: { left: 4, right: 8, top, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "category",
      data: points.map(({ label }) => label),
      axisLabel: { ...text(look), interval: 0, width, overflow: "break", lineHeight: 15 },
      axisLine: { onZero: true, lineStyle: { color: look.theme.line } },
      axisTick: { show: false }
    },
    yAxis: valueAxis(look, look.size.height < 180 ? 3 : 5),
    series: [{
      type: "bar",
      barMaxWidth: 56,
      itemStyle: { color: look.theme.colors.blue, borderRadius: [3, 3, 0, 0] },
      data: dataOf(points, false, look)
    }]
  }
}

const nameOf = (point: Point, isRanked: boolean) =>
  isRanked && "rank" in point ? `${point.rank}.  ${point.label}` : point.label

const rowsIn = (count: number, height: number) => {
  const room = Math.max(1, Math.floor((height - 12) / rowHeight))
  return count <= room ? count : Math.max(1, Math.floor((height - 12 - moreHeight) / rowHeight))
}

/** The name and the sum of the rows that have no room. */
const moreText = (hidden: Points, isAdditive: boolean, { format, localization }: Look) => {
  const name = restName(hidden.map(({ category, label }) => ({ key: category, label })), isAdditive, localization)
  const value = restValue(hidden.map(({ value }) => value), isAdditive)
  return value === null ? name : `${name}: ${format.card(value)}`
}

const across = (all: Points, chart: ChartKind, isAdditive: boolean, look: Look): EChartsOption => {
  const isRanked = chart === "leaderboard"
  const { fontSize, size, theme } = look
  const shown = all.slice(0, rowsIn(all.length, size.height))
  const names = shown.map((point) => nameOf(point, isRanked))
  const mostNames = isCompared(shown) ? 0.3 : 0.4
  const label = Math.min(size.width * mostNames, Math.max(...names.map((name) => textWidth(name, fontSize))))
  const widest = Math.max(...shown.map((point) => widthOf(point, true, look))) + 12
  const hasNegative = shown.some(({ value }) => value !== null && value < 0)
  const hidden = all.slice(shown.length)
  return {
    ...base(look),
    grid: {
      left: label + 16 + (hasNegative ? widest : 0),
      right: widest + 4,
      top: 6,
      height: shown.length * Math.min(40, (size.height - 12 - (hidden.length > 0 ? moreHeight : 0)) / shown.length),
      outerBoundsMode: "none"
    },
    xAxis: { type: "value", show: false },
    yAxis: {
      type: "category",
      inverse: true,
      data: names,
      axisLabel: {
        ...text(look),
        interval: 0,
        width: label,
        overflow: "truncate",
        align: isRanked ? "left" : "right",
        margin: 8 + (hasNegative ? widest : 0) + (isRanked ? label : 0)
      },
      axisLine: { show: hasNegative, lineStyle: { color: theme.line } },
      axisTick: { show: false }
    },
    series: chart === "funnel" ? funnelBars(shown, look) : barsAcross(shown, look),
    ...(hidden.length > 0 && {
      graphic: [{
        type: "text",
        left: 8,
        bottom: 4,
        silent: true,
        style: { text: moreText(hidden, isAdditive, look), fill: theme.muted, fontSize, fontFamily }
      }]
    })
  }
}

export const barDrawing = (points: Points, chart: ChartKind, isAdditive: boolean, look: Look): EChartsOption => {
  const steps = stepsIn(points)
  if (isFunnel(points) && rowsIn(points.length, look.size.height) < steps.length) return funnelColumns(steps, look)
  const width = (look.size.width - 60) / points.length - 8
  const isUpright = chart !== "leaderboard" && chart !== "funnel" && points.length <= 8 && look.size.height >= 140 &&
    width >= 34 &&
    points.every((point) => fits(point.label, width, look) && widthOf(point, false, look) <= width + 8)
  return isUpright ? upright(points, look) : across(points, chart, isAdditive, look)
}
