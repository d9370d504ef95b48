import type { EChartsOption } from "echarts"
import type { Stat, Unit } from "../domain/Series.ts"
import { changeOf } from "./changeOf.ts"
import { base, type Look, text } from "./Look.ts"
import { fontFamily } from "./themes.ts"

/** Full at 100 percent. */
const full = 100

/** A share on an arc, and below it how it moved. */
export const radialDrawing = (stat: Stat, unit: Unit, look: Look): EChartsOption => {
  const { format, size, theme } = look
  const change = changeOf(stat, unit, look)
  const below = change === undefined ? 0 : 24
  const height = size.height - below - 12
  const radius = Math.max(24, Math.min((size.width - 24) / 2, height / 1.55))
  const thickness = Math.max(7, Math.round(radius * 0.15))
  const centerY = 6 + radius + Math.max(0, (height - radius * 1.55) / 2)
  const stroke = { width: thickness, color: [[1, theme.line]] } satisfies {
    color: Array<[number, string]>
    width: number
  }
  return {
    ...base(look),
    series: [{
      type: "gauge",
      min: 0,
      max: Math.max(full, stat.value ?? 0),
      startAngle: 210,
      endAngle: -30,
      radius,
      center: [size.width / 2, centerY],
      silent: true,
      progress: { show: true, width: thickness, roundCap: true, itemStyle: { color: theme.colors.blue } },
      axisLine: { roundCap: true, lineStyle: stroke },
      pointer: { show: false },
      anchor: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { show: false },
      title: { show: false },
      detail: {
        ...text(look),
        formatter: format.full(stat.value),
        fontSize: Math.max(14, Math.min(34, Math.round(radius * 0.36))),
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
        y: Math.min(size.height - 20, centerY + radius * 0.55 + 4),
        style: {
          text: `{change|${change.text}}  {from|${change.from}}`,
          align: "center",
          verticalAlign: "top",
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
