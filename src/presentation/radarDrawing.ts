import type { EChartsOption } from "echarts"
import type { CategoryPoint, LeaderboardPoint } from "../domain/Series.ts"
import { base, type Look, text } from "./Look.ts"
import { clipped, textWidth } from "./textWidth.ts"

export const radarDrawing = (points: ReadonlyArray<CategoryPoint | LeaderboardPoint>, look: Look): EChartsOption => {
  const { fontSize, format, size, theme } = look
  const values = points.map(({ value }) => value ?? 0)
  const max = Math.max(...values)
  const longest = Math.max(...points.map(({ label }) => textWidth(label, fontSize)))
  const tallest = size.height / 2 - 44
  const nameWidth = Math.min(longest, Math.max(40, size.width * 0.24, size.width / 2 - tallest - 14))
  const radius = Math.max(24, Math.min(tallest, size.width / 2 - nameWidth - 14))
  return {
    ...base(look),
    radar: {
      center: ["50%", "50%"],
      radius,
      splitNumber: 4,
      axisNameGap: 8,
      indicator: points.map(({ label, value }) => ({
        name: `${clipped(label, nameWidth, fontSize)}\n${format.card(value)}`,
        max
      })),
      axisName: { ...text(look), lineHeight: 15 },
      splitLine: { lineStyle: { color: theme.line } },
      splitArea: { show: false },
      axisLine: { lineStyle: { color: theme.line } }
    },
    series: [{
      type: "radar",
      symbolSize: 5,
      lineStyle: { color: theme.colors.blue, width: 2 },
      itemStyle: { color: theme.colors.blue },
      areaStyle: { color: theme.colors.blue, opacity: 0.2 },
      data: [{ value: values, name: "" }]
    }]
  }
}
