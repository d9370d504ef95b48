import type { EChartsOption } from "echarts"
import { type Look, text } from "./Look.ts"
import { textWidth } from "./textWidth.ts"

const swatch = 10
const swatchGap = 5
const gap = 8
const lineHeight = 16
const rowHeight = 24
const margin = 8
const widestLabel = 160
const narrowestLabel = 50
const mostOfHeight = 0.4

const columnsOf = (count: number, longest: number, width: number, mostRows: number) => {
  const columnsWith = (label: number) => Math.max(1, Math.floor((width + gap) / (label + swatch + swatchGap + gap)))
  const fewest = columnsWith(longest)
  const most = Math.max(fewest, columnsWith(Math.min(longest, narrowestLabel)))
  return Math.min(most, Math.max(fewest, Math.ceil(count / mostRows)))
}

const widthOf = ({ size }: Look) => size.width - 2 * margin
const rowsWithin = ({ size }: Look) => Math.max(1, Math.floor(size.height * mostOfHeight / rowHeight))
const longestOf = (names: ReadonlyArray<string>, { fontSize }: Look) =>
  Math.min(widestLabel, Math.max(...names.map((name) => textWidth(name, fontSize) + 2)))

export const legendRoom = (names: ReadonlyArray<string>, look: Look): number => {
  const rows = rowsWithin(look)
  return rows * columnsOf(names.length, longestOf(names, look), widthOf(look), rows)
}

/** In the legend, a dashed line is as wide as a colored square. */
const dashes = "path://M0 4h4v2h-4z M6 4h4v2h-4z"

export const legendOf = (names: ReadonlyArray<string>, look: Look, dashed: ReadonlyArray<string> = []) => {
  const width = widthOf(look)
  const longest = longestOf(names, look)
  const columns = columnsOf(names.length, longest, width, rowsWithin(look))
  const label = Math.min(longest, Math.floor((width + gap) / columns) - gap - swatch - swatchGap - 1)
  const height = Math.ceil(names.length / columns) * rowHeight
  const option: EChartsOption = {
    legend: {
      type: "plain",
      bottom: 0,
      left: margin,
      padding: 0,
      width,
      itemWidth: swatch,
      itemHeight: swatch,
      itemGap: gap,
      icon: "roundRect",
      data: names.map((name) => dashed.includes(name) ? { name, icon: dashes } : { name }),
      textStyle: { ...text(look), width: label, overflow: "truncate", lineHeight }
    }
  }
  return { height, option }
}
