import type { EChartsOption } from "echarts"
import type { Stat, Unit } from "../domain/Series.ts"
import { changeOf } from "./changeOf.ts"
import { base, type Look } from "./Look.ts"
import { textWidth } from "./textWidth.ts"
import { fontFamily } from "./themes.ts"

const largest = 44
const smallest = 16

/** The largest size at which a text fits. */
const fitted = (words: string, width: number, height: number) => {
  const byWidth = Math.floor(width / Math.max(1, textWidth(words, 1_000) / 1_000))
  return Math.max(smallest, Math.min(largest, byWidth, Math.floor(height * 0.34)))
}

/** The number in full, or in short where the full one would be smaller than the rest. */
const shownIn = (value: number | null, { format, size }: Look) => {
  const full = format.full(value)
  return fitted(full, size.width - 24, size.height) < 26 ? format.short(value) : full
}

/** One number, and below it how it moved. */
export const statDrawing = (stat: Stat, unit: Unit, look: Look): EChartsOption => {
  const { size, theme } = look
  const value = shownIn(stat.value, look)
  const valueSize = fitted(value, size.width - 24, size.height)
  const change = changeOf(stat, unit, look)
  const isNarrow = change !== undefined && textWidth(`${change.text}  ${change.from}`, 13) > size.width - 24
  const lines = change === undefined ? 0 : 1 + Number(isNarrow)
  const top = (size.height - valueSize * 1.15 - lines * 20 - (lines > 0 ? 6 : 0)) / 2
  const at = { type: "text", x: size.width / 2, silent: true } as const
  const line = { align: "center", verticalAlign: "top", fontFamily } as const
  return {
    ...base(look),
    graphic: [
      {
        ...at,
        y: top,
        style: { ...line, text: value, fill: theme.ink, fontSize: valueSize, fontWeight: 600 }
      },
      ...(change === undefined ? [] : [{
        ...at,
        y: top + valueSize * 1.15 + 6,
        style: {
          ...line,
          text: `{change|${change.text}}${isNarrow ? "\n" : "  "}{from|${change.from}}`,
          lineHeight: 20,
          fontSize: 13,
          rich: {
            change: { fill: change.color, fontSize: 13, fontWeight: 600, fontFamily },
            from: { fill: theme.muted, fontSize: 13, fontFamily }
          }
        }
      }])
    ]
  }
}
