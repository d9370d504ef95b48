import type { EChartsOption } from "echarts"
import type { ChartKind } from "../domain/Chart.ts"
import type { CategoryPoint, LeaderboardPoint } from "../domain/Series.ts"
import { base, type Look, text, valueAxis } from "./Look.ts"
import { restName, restValue } from "./restOf.ts"
import { attainedText } from "./targetOf.ts"
import { textWidth } from "./textWidth.ts"
import { fontFamily } from "./themes.ts"

type Point = CategoryPoint | LeaderboardPoint
type Points = ReadonlyArray<Point>

const rowHeight = 22
const moreHeight = 20

const shareOf = (point: Point): number | null | undefined => {
  if ("attainedPct" in point) return point.attainedPct
  return "ofPrevious" in point ? point.ofPrevious : undefined
}

/** Such as `€2.9M · 192%`, with the attained part of the person's target, or the share of the step before. */
const valueText = (point: Point, { format, locale }: Look): string => {
  const value = format.card(point.value)
  const share = shareOf(point)
  return typeof share === "number" ? `${value} · ${attainedText(share, locale)}` : value
}

const valueLabel = (point: Point, isAcross: boolean, look: Look) => {
  const { value } = point
  const isBelow = value !== null && value < 0
  const end = isAcross ? { far: "right", near: "left" } as const : { far: "top", near: "bottom" } as const
  return {
    show: true,
    position: isBelow ? end.near : end.far,
    formatter: valueText(point, look),
    ...text(look)
  }
}

const dataOf = (points: Points, isAcross: boolean, look: Look) =>
  points.map((point) => ({ value: point.value ?? 0, label: valueLabel(point, isAcross, look) }))

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

/** Behind the bar of a step, a lighter bar is as long as the bar of the step before. */
const funnelBars = (points: Points, look: Look): NonNullable<EChartsOption["series"]> => {
  const { theme } = look
  const borderRadius = [0, 3, 3, 0]
  const bars = { type: "bar" as const, barMaxWidth: 28, barCategoryGap: "20%" }
  const isStep = (point: Point, row: number) => row === 0 || typeof shareOf(point) === "number"
  const data = points.map((point, row) => {
    const color = isStep(point, row) ? theme.colors.blue : theme.colors.slate
    return { value: point.value ?? 0, itemStyle: { color, borderRadius } }
  })
  const tracks = dataOf(points, true, look).map((bar, row) => {
    const point = points[row]
    return { ...bar, value: row > 0 && point && isStep(point, row) ? points[row - 1]?.value ?? 0 : bar.value }
  })
  return [
    { ...bars, barGap: "-100%", z: 3, data },
    { ...bars, silent: true, itemStyle: { borderRadius, color: theme.line }, data: tracks }
  ]
}

const fits = (label: string, width: number, { fontSize }: Look) =>
  label.split(" ").every((word) => textWidth(word, fontSize) <= width) && textWidth(label, fontSize) <= width * 1.8

const upright = (points: Points, look: Look): EChartsOption => {
  const width = Math.floor((look.size.width - 60) / points.length) - 8
  return {
    ...base(look),
    grid: { left: 4, right: 8, top: 24, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
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
const moreText = (hidden: Points, isAdditive: boolean, { format }: Look) => {
  const name = restName(hidden.map(({ category, label }) => ({ key: category, label })), isAdditive)
  const value = restValue(hidden.map(({ value }) => value), isAdditive)
  return value === null ? name : `${name}: ${format.card(value)}`
}

const across = (all: Points, chart: ChartKind, isAdditive: boolean, look: Look): EChartsOption => {
  const isRanked = chart === "leaderboard"
  const { fontSize, size, theme } = look
  const shown = all.slice(0, rowsIn(all.length, size.height))
  const names = shown.map((point) => nameOf(point, isRanked))
  const label = Math.min(size.width * 0.4, Math.max(...names.map((name) => textWidth(name, fontSize))))
  const values = shown.map((point) => textWidth(valueText(point, look), fontSize))
  const widest = Math.max(...values) + 12
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
  const width = (look.size.width - 60) / points.length - 8
  const isUpright = chart !== "leaderboard" && chart !== "funnel" && points.length <= 8 && look.size.height >= 140 &&
    width >= 34 &&
    points.every(({ label, value }) =>
      fits(label, width, look) && textWidth(look.format.card(value), look.fontSize) <= width + 8
    )
  return isUpright ? upright(points, look) : across(points, chart, isAdditive, look)
}
