import type { EChartsOption } from "echarts"
import { dataOf, type Point, type Points, shareOf, valueText } from "./barLabels.ts"
import { base, type Look, mutedText, text } from "./Look.ts"

export const isFunnel = (points: Points): boolean => points.some((point) => "ofPrevious" in point)

const isStep = (point: Point, row: number) => row === 0 || typeof shareOf(point) === "number"

/** The steps come before the points that are no steps. */
export const stepsIn = (points: Points): Points => points.filter(isStep)

/** Behind the bar of a step, a lighter bar is as long as the bar of the step before. */
export const funnelBars = (points: Points, look: Look): NonNullable<EChartsOption["series"]> => {
  const { theme } = look
  const borderRadius = [0, 3, 3, 0]
  const bars = { type: "bar" as const, barMaxWidth: 28, barCategoryGap: "20%" }
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

/** A bar needs this height of its card, in pixels. A lower card has only the numbers. */
const lowestBars = 64

/** A low card has no room for a row for each step, so each step is a column. */
export const funnelColumns = (steps: Points, look: Look): EChartsOption => {
  const { fontSize, size, theme } = look
  const hasBars = size.height >= lowestBars
  const above = hasBars ? fontSize + 4 : 0
  const width = Math.floor((size.width - 8) / steps.length) - 8
  return {
    ...base(look),
    grid: { left: 4, right: 4, top: fontSize + 8 + above, bottom: 2, outerBoundsMode: "none" },
    xAxis: {
      type: "category",
      position: "top",
      data: steps.map(({ label }) => label),
      axisLabel: { ...mutedText(look), interval: 0, width, overflow: "truncate", margin: 4 + above },
      axisLine: { show: false },
      axisTick: { show: false }
    },
    yAxis: { type: "value", show: false },
    series: [{
      type: "bar",
      barCategoryGap: "6%",
      itemStyle: { color: hasBars ? theme.colors.blue : "transparent", borderRadius: [3, 3, 0, 0] },
      emphasis: { disabled: true },
      data: steps.map((point) => ({
        value: point.value ?? 0,
        label: {
          ...text(look),
          show: true,
          position: hasBars ? "top" : "insideBottom",
          distance: 3,
          formatter: valueText(point, look),
          width,
          overflow: "truncate"
        }
      }))
    }]
  }
}
