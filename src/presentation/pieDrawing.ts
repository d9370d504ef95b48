import type { EChartsOption } from "echarts"
import type { CategoryPoint, LeaderboardPoint } from "../domain/Series.ts"
import { markOf } from "./barLabels.ts"
import { base, colorsOf, type Look, text } from "./Look.ts"
import { columnsOf, legendRows, legendWidth, rowHeight, type Slice } from "./pieLegend.ts"
import { keptAndRest, restKey, restName, restValue } from "./restOf.ts"
import { textWidth } from "./textWidth.ts"

const mostSlices = 9
const sideBySideFrom = 300
const between = 16
const smallestRadius = 45

const sum = (slices: ReadonlyArray<Slice>) => slices.reduce((total, { value }) => total + (value ?? 0), 0)

const slicesOf = (
  points: ReadonlyArray<CategoryPoint | LeaderboardPoint>,
  most: number,
  isAdditive: boolean,
  look: Look
): ReadonlyArray<Slice> => {
  const all = points.map((point) => {
    const { category, label, value } = point
    return { key: category, label, value, change: markOf(point, look) }
  })
  if (all.length <= most) return all
  const { kept, rest } = keptAndRest(all, most, ({ value }) => value ?? 0)
  const value = restValue(rest.map(({ value }) => value), isAdditive)
  const label = restName(rest, isAdditive, look.localization)
  return [...kept, { key: restKey, label, value, change: undefined }]
}

const placesIn = ({ height, width }: Look["size"], rows: number, wished: number) => {
  if (width >= sideBySideFrom) {
    const radius = Math.max(smallestRadius, Math.min(height / 2 - 8, (width - wished - between - 16) / 2))
    const beside = Math.min(wished, width - 2 * radius - between - 16)
    const left = Math.max(8, (width - 2 * radius - between - beside) / 2)
    return {
      radius,
      center: [left + radius, height / 2],
      legend: { x: left + 2 * radius + between, y: (height - rows * rowHeight) / 2, width: beside }
    }
  }
  const top = height - rows * rowHeight
  const radius = Math.max(20, Math.min(top / 2 - 8, width / 2 - 16))
  return {
    radius,
    center: [width / 2, Math.max(radius + 4, top / 2)],
    legend: { x: 4, y: top - 2, width: width - 8 }
  }
}

const roomFor = ({ height, width }: Look["size"]) =>
  Math.max(2, Math.floor((width >= sideBySideFrom ? height - 8 : height * 0.55) / rowHeight))

/** The hole has this share of the donut's radius. */
const hole = 0.62
const largestTotal = 26

const totalSize = (total: string, radius: number) =>
  Math.floor(Math.min(largestTotal, radius * 0.48, 1.7 * radius / textWidth(total, 1_000) * 1_000))

export const pieDrawing = (
  points: ReadonlyArray<CategoryPoint | LeaderboardPoint>,
  chart: "pie" | "donut",
  isAdditive: boolean,
  look: Look
): EChartsOption => {
  const { format, size, theme } = look
  const slices = slicesOf(points, Math.min(mostSlices, roomFor(size)), isAdditive, look)
  const colors = colorsOf(slices.map(({ key }) => key), look)
  const total = isAdditive ? sum(slices) : undefined
  const columns = columnsOf(slices, total, look)
  const { center, legend, radius } = placesIn(size, slices.length, legendWidth(slices, columns, look))
  const hasTotal = chart === "donut" && total !== undefined && radius > 44
  return {
    ...base(look),
    series: [{
      type: "pie",
      radius: chart === "donut" ? [radius * hole, radius] : radius,
      center: [...center],
      itemStyle: { borderColor: theme.surface, borderWidth: 1.5 },
      emphasis: { scaleSize: 3 },
      label: { show: false },
      labelLine: { show: false },
      tooltip: { valueFormatter: (value) => typeof value === "number" ? format.full(value) : "–" },
      data: slices.map(({ key, label, value }, index) => ({
        id: key,
        name: label,
        value: value ?? 0,
        itemStyle: { color: colors[index] ?? theme.muted }
      }))
    }],
    graphic: [
      ...legendRows(slices, colors, columns, legend, look),
      ...(hasTotal ?
        [{
          type: "text" as const,
          silent: true,
          x: center[0] ?? 0,
          y: center[1] ?? 0,
          style: {
            ...text(look),
            fill: theme.ink,
            text: format.card(total),
            fontSize: totalSize(format.card(total), radius * hole),
            fontWeight: 600 as const,
            align: "center" as const,
            verticalAlign: "middle" as const
          }
        }] :
        [])
    ]
  }
}
