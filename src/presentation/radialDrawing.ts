import type { EChartsOption } from "echarts"
import type { Stat, Unit } from "../domain/Series.ts"
import { changeOf } from "./changeOf.ts"
import { base, type Look, text } from "./Look.ts"
import { statDrawing } from "./statDrawing.ts"
import { textWidth } from "./textWidth.ts"
import { fontFamily } from "./themes.ts"

const full = 100
/** The arc reaches from 210 to -30 degrees. Its height is in radii. */
const arcHeight = 1.5
const lineHeight = 20
const smallestRadius = 34

export const radialDrawing = (stat: Stat, unit: Unit, look: Look): EChartsOption => {
  const { format, size, theme } = look
  const change = changeOf(stat, unit, look)
  const isNarrow = change !== undefined && textWidth(`${change.text}  ${change.from}`, 12) > size.width - 8
  const below = change === undefined ? 0 : lineHeight * (isNarrow ? 2 : 1)
  const room = size.height - below - 8
  const radius = Math.min((size.width - 16) / 2, room / arcHeight)
  if (radius < smallestRadius) return statDrawing(stat, unit, look)
  const thickness = Math.max(6, Math.round(radius * 0.14))
  const top = 4 + (room - radius * arcHeight) / 2
  return {
    ...base(look),
    series: [{
      type: "gauge",
      min: 0,
      max: Math.max(full, stat.value ?? 0),
      startAngle: 210,
      endAngle: -30,
      radius,
      center: [size.width / 2, top + radius],
      silent: true,
      progress: { show: stat.value !== 0, width: thickness, roundCap: true, itemStyle: { color: theme.colors.blue } },
      axisLine: { roundCap: true, lineStyle: { width: thickness, color: [[1, theme.line]] } },
      pointer: { show: false },
      anchor: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { show: false },
      title: { show: false },
      detail: {
        ...text(look),
        formatter: () => format.full(stat.value),
        fontSize: Math.max(12, Math.min(34, Math.round(radius * 0.33))),
        fontWeight: 600,
        offsetCenter: [0, 0]
      },
      data: [{ value: stat.value ?? 0 }]
    }],
    ...(change !== undefined && {
      graphic: [{
        type: "text",
        silent: true,
        x: size.width / 2,
        y: top + radius * arcHeight + 4,
        style: {
          text: `{change|${change.text}}${isNarrow ? "\n" : "  "}{from|${change.from}}`,
          align: "center",
          verticalAlign: "top",
          lineHeight,
          fontFamily,
          fontSize: 12,
          rich: {
            change: { fill: change.color, fontSize: 12, fontWeight: 600, fontFamily },
            from: { fill: theme.muted, fontSize: 12, fontFamily }
          }
        }
      }]
    })
  }
}
