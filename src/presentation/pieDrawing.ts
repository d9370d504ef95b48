import type { EChartsOption } from "echarts"
import type { CategoryPoint, LeaderboardPoint } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { base, colorsOf, type Look, text } from "./Look.ts"
import { percentFormat } from "./numberFormat.ts"
import { restKey, restName, restValue } from "./restOf.ts"
import { textWidth } from "./textWidth.ts"
import { fontFamily } from "./themes.ts"

interface Slice {
  readonly key: string
  readonly label: string
  /** Null means that the value is not known. */
  readonly value: number | null
}

const mostSlices = 9
const rowHeight = 20
const sideBySideFrom = 300
const sharesFrom = 210
const between = 16
const smallestRadius = 45
const widestLegend = 300

const sum = (slices: ReadonlyArray<Slice>) => slices.reduce((total, { value }) => total + (value ?? 0), 0)

const slicesOf = (
  points: ReadonlyArray<CategoryPoint | LeaderboardPoint>,
  most: number,
  isAdditive: boolean,
  localization: Localization
): ReadonlyArray<Slice> => {
  const all = points.map(({ category, label, value }) => ({ key: category, label, value }))
  if (all.length <= most) return all
  const largest = new Set(all.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, most - 1))
  const rest = all.filter((slice) => !largest.has(slice))
  const value = restValue(rest.map(({ value }) => value), isAdditive)
  const label = restName(rest, isAdditive, localization)
  return [...all.filter((slice) => largest.has(slice)), { key: restKey, label, value }]
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
}

const columnsOf = (
  slices: ReadonlyArray<Slice>,
  total: number | undefined,
  { fontSize, format, localization: { locale }, size }: Look
) => {
  const percent = percentFormat(locale)
  const hasShares = total !== undefined && size.width >= sharesFrom
  const shares = slices.map(({ value }) => hasShares ? percent.format((value ?? 0) / total) : "")
  const values = slices.map(({ value }) => format.card(value))
  const widest = (words: ReadonlyArray<string>) => Math.max(...words.map((word) => textWidth(word, fontSize)))
  return { shares, values, shareWidth: widest(shares), valueWidth: widest(values) }
}
type Columns = ReturnType<typeof columnsOf>

const legendRows = (
  slices: ReadonlyArray<Slice>,
  colors: ReadonlyArray<string>,
  columns: Columns,
  box: Box,
  look: Look
) => {
  const { details, fontSize, theme } = look
  const { shareWidth, shares, valueWidth, values } = columns
  const labelWidth = Math.max(20, box.width - 16 - shareWidth - valueWidth - (shareWidth > 0 ? 20 : 8))
  const words = { fontSize, fontFamily, verticalAlign: "middle" } as const
  return slices.flatMap(({ key, label }, index) => {
    const y = box.y + index * rowHeight + rowHeight / 2
    const right = box.x + box.width
    return [
      {
        type: "circle",
        silent: true,
        shape: { cx: box.x + 5, cy: y, r: 4.5 },
        style: { fill: colors[index] ?? theme.muted }
      },
      {
        type: "text",
        silent: true,
        x: box.x + 16,
        y,
        style: { ...words, text: label, fill: theme.ink, width: labelWidth, overflow: "truncate" }
      },
      {
        type: "text",
        silent: true,
        x: right - shareWidth - (shareWidth > 0 ? 12 : 0),
        y,
        style: { ...words, text: values[index] ?? "", fill: theme.ink, align: "right" }
      },
      {
        type: "text",
        silent: true,
        x: right,
        y,
        style: { ...words, text: shares[index] ?? "", fill: theme.muted, align: "right" }
      },
      ...(details.isInteractive === false ? [] : [
        {
          type: "rect",
          shape: { x: box.x, y: box.y + index * rowHeight, width: box.width, height: rowHeight },
          style: { fill: "transparent" },
          info: { id: key }
        } as const
      ])
    ] as const
  })
}

const placesIn = ({ height, width }: Look["size"], rows: number, wished: number) => {
  if (width >= sideBySideFrom) {
    const radius = Math.max(smallestRadius, Math.min(height / 2 - 8, (width - wished - between - 16) / 2))
    const legendWidth = Math.min(wished, width - 2 * radius - between - 16)
    const left = Math.max(8, (width - 2 * radius - between - legendWidth) / 2)
    return {
      radius,
      center: [left + radius, height / 2],
      legend: { x: left + 2 * radius + between, y: (height - rows * rowHeight) / 2, width: legendWidth }
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
  const slices = slicesOf(points, Math.min(mostSlices, roomFor(size)), isAdditive, look.localization)
  const colors = colorsOf(slices.map(({ key }) => key), look)
  const total = isAdditive ? sum(slices) : undefined
  const columns = columnsOf(slices, total, look)
  const longest = Math.max(...slices.map(({ label }) => textWidth(label, look.fontSize)))
  const wished = Math.min(widestLegend, longest + columns.shareWidth + columns.valueWidth + 40)
  const { center, legend, radius } = placesIn(size, slices.length, wished)
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
