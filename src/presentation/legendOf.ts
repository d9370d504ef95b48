import type { EChartsOption } from "echarts"
import { type Look, text } from "./Look.ts"
import { textWidth } from "./textWidth.ts"

const swatch = 10
const gap = 16
const rowHeight = 20
const widestLabel = 150

/** A legend below the marks, in columns of one width, so that its height is known before it is drawn. */
export const legendOf = (names: ReadonlyArray<string>, look: Look) => {
  const { fontSize, size } = look
  const longest = Math.max(...names.map((name) => textWidth(name, fontSize)))
  const label = Math.min(longest, widestLabel, size.width - swatch - gap - 24)
  const perRow = Math.max(1, Math.floor((size.width - 16) / (label + swatch + gap + 5)))
  const rows = Math.ceil(names.length / perRow)
  const height = rows * rowHeight + 6
  const option: EChartsOption = {
    legend: {
      type: "plain",
      bottom: 0,
      left: 8,
      width: size.width - 16,
      itemWidth: swatch,
      itemHeight: swatch,
      itemGap: gap,
      icon: "roundRect",
      data: [...names],
      textStyle: { ...text(look), width: label, overflow: "truncate", lineHeight: rowHeight - 6 }
    }
  }
  return { height, option }
}
