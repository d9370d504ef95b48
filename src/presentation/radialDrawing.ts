import type { EChartsOption } from "echarts"
import type { Stat } from "../domain/Stat.ts"
import { changeMark } from "./changeMark.ts"
import { base, type Look } from "./Look.ts"
import { statDrawing } from "./statDrawing.ts"
import { textWidth } from "./textWidth.ts"
import { fontFamily } from "./themes.ts"

const full = 100
/** The arc begins at 150 degrees, clockwise from the right, and spans 240 degrees. */
const startAngle = Math.PI * 5 / 6
const wholeAngle = Math.PI * 4 / 3
/** The height of the arc is this multiple of the radius. */
const arcHeight = 1.5
const lineHeight = 20
const smallestRadius = 34

export const radialDrawing = (stat: Stat, look: Look): EChartsOption => {
  const { format, size, theme } = look
  const change = changeMark(stat, look)
  const isNarrow = change !== undefined && textWidth(`${change.text}  ${change.from}`, 12) > size.width - 8
  const below = change === undefined ? 0 : lineHeight * (isNarrow ? 2 : 1)
  const room = size.height - below - 8
  const radius = Math.min((size.width - 16) / 2, room / arcHeight)
  if (radius < smallestRadius) return statDrawing(stat, look)
  const thickness = Math.max(6, Math.round(radius * 0.14))
  const top = 4 + (room - radius * arcHeight) / 2
  const center = { x: size.width / 2, y: top + radius }
  const ring = { cx: center.x, cy: center.y, r: radius - thickness / 2 }
  const share = Math.min(1, Math.max(0, stat.value ?? 0) / full)
  const arc = (to: number, stroke: string) => ({
    type: "arc" as const,
    silent: true,
    shape: { ...ring, startAngle, endAngle: startAngle + to * wholeAngle },
    style: { stroke, lineWidth: thickness, lineCap: "round" as const, fill: "none" }
  })
  return {
    ...base(look),
    graphic: [
      arc(1, theme.line),
      ...(share > 0 ? [arc(share, theme.colors.blue)] : []),
      {
        type: "text",
        silent: true,
        ...center,
        style: {
          text: format.card(stat.value),
          fill: theme.ink,
          fontFamily,
          fontSize: Math.max(12, Math.min(34, Math.round(radius * 0.33))),
          fontWeight: 600,
          align: "center",
          verticalAlign: "middle"
        }
      },
      ...(change === undefined ? [] : [{
        type: "text" as const,
        silent: true,
        x: size.width / 2,
        y: top + radius * arcHeight + 4,
        style: {
          text: `{change|${change.text}}${isNarrow ? "\n" : "  "}{from|${change.from}}`,
          align: "center" as const,
          verticalAlign: "top" as const,
          lineHeight,
          fontFamily,
          fontSize: 12,
          rich: {
            change: { fill: change.color, fontSize: 12, fontWeight: 600 as const, fontFamily },
            from: { fill: theme.muted, fontSize: 12, fontFamily }
          }
        }
      }])
    ]
  }
}
