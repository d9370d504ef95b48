import type { EChartsOption } from "echarts"
import { dataOf, type Point, type Points, valueText, widthOf, wordsOf } from "./barLabels.ts"
import { base, type Look, mutedText, text } from "./Look.ts"
import { clipped, textWidth } from "./textWidth.ts"

export const isFunnel = (points: Points): boolean => points.some((point) => "ofPrevious" in point)

/** After a step of 0, a step has no share of the step before, but it has one of the first step. */
const isStep = (point: Point, row: number) => row === 0 || ("ofFirst" in point && typeof point.ofFirst === "number")

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

/** Below this height of its card, in pixels, a step has its name and its number in one line. */
const lowestNames = 34

/** If the complete names do not fit, the lines have no shares. The number is never cut. */
const linesOf = (steps: Points, width: number, look: Look): ReadonlyArray<string> => {
  const { fontSize, format } = look
  const complete = steps.map((point) => `${point.label} ${valueText(point, look)}`)
  if (complete.every((line) => textWidth(line, fontSize) <= width)) return complete
  return steps.map(({ label, value }) => {
    const number = ` ${format.card(value)}`
    return `${clipped(label, width - textWidth(number, fontSize), fontSize)}${number}`
  })
}

/** A low card has no room for a row for each step, so each step is a column. */
export const funnelColumns = (steps: Points, look: Look): EChartsOption => {
  const { fontSize, size, theme } = look
  const hasBars = size.height >= lowestBars
  const hasNames = size.height >= lowestNames
  const above = hasBars ? fontSize + 4 : 0
  const width = Math.floor((size.width - 8) / steps.length) - 8
  const hasChanges = hasNames && steps.every((point) => widthOf(point, true, look) <= width)
  const labels = hasNames ? steps.map((point) => valueText(point, look)) : linesOf(steps, width, look)
  return {
    ...base(look),
    grid: { left: 4, right: 4, top: hasNames ? fontSize + 8 + above : 2, bottom: 2, outerBoundsMode: "none" },
    xAxis: {
      type: "category",
      position: "top",
      data: steps.map(({ label }) => label),
      axisLabel: { ...mutedText(look), show: hasNames, interval: 0, width, overflow: "truncate", margin: 4 + above },
      axisLine: { show: false },
      axisTick: { show: false }
    },
    yAxis: { type: "value", show: false },
    series: [{
      type: "bar",
      barCategoryGap: "6%",
      itemStyle: { color: hasBars ? theme.colors.blue : "transparent", borderRadius: [3, 3, 0, 0] },
      emphasis: { disabled: true },
      data: steps.map((point, step) => ({
        value: point.value ?? 0,
        label: {
          ...text(look),
          show: true,
          position: hasBars ? "top" : "insideBottom",
          distance: 3,
          ...(hasChanges ? wordsOf(point, true, look) : { formatter: labels[step] ?? "" }),
          width,
          overflow: "truncate"
        }
      }))
    }]
  }
}
