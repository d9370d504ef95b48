import type { EChartsOption } from "echarts"
import type { Stat, Unit } from "../domain/Series.ts"
import { type Change, changeOf } from "./changeOf.ts"
import { base, type Look } from "./Look.ts"
import { textWidth } from "./textWidth.ts"
import { fontFamily } from "./themes.ts"

const largest = 44
const smallest = 16
const lineHeight = 20
const below = 6
const oneLineBelow = 70

const fitted = (words: string, width: number, height: number) => {
  const byWidth = Math.floor(width / Math.max(1, textWidth(words, 1_000) / 1_000))
  return Math.max(smallest, Math.min(largest, byWidth, Math.floor(height)))
}

const isShort = (value: number | null, { format, size }: Look) =>
  fitted(format.full(value), size.width - 24, largest) < 26

const rich = ({ color }: Change, { theme }: Look) => ({
  change: { fill: color, fontSize: 13, fontWeight: 600, fontFamily } as const,
  from: { fill: theme.muted, fontSize: 13, fontFamily }
})

const lines = (change: Change, width: number): ReadonlyArray<string> => {
  const [first, second] = [`{change|${change.text}}`, `{from|${change.from}}`]
  return textWidth(`${change.text}  ${change.from}`, 13) > width ? [first, second] : [`${first}  ${second}`]
}

export const statDrawing = (stat: Stat, unit: Unit, look: Look): EChartsOption => {
  const { format, size, theme } = look
  const short = isShort(stat.value, look)
  const value = short ? format.short(stat.value) : format.full(stat.value)
  const change = changeOf(stat, unit, look, short)
  const isLow = size.height < oneLineBelow
  const told = change === undefined ? [] : lines(change, isLow ? Infinity : size.width - 24)
  const room = isLow ? size.height * 0.8 : Math.min(size.height * 0.36, size.height - told.length * lineHeight - below)
  const changeWidth = isLow && change !== undefined ? textWidth(`${change.text}  ${change.from}`, 13) + 16 : 0
  const hasRoomBeside = size.width - 24 - changeWidth > textWidth(value, smallest)
  const valueSize = fitted(value, size.width - 24 - (hasRoomBeside ? changeWidth : 0), room)
  const valueWidth = textWidth(value, valueSize)
  const height = valueSize * 1.15 + (isLow || told.length === 0 ? 0 : told.length * lineHeight + below)
  const top = (size.height - height) / 2
  const left = (size.width - valueWidth - (hasRoomBeside ? changeWidth : 0)) / 2
  const isShown = change !== undefined && (!isLow || hasRoomBeside)
  return {
    ...base(look),
    graphic: [
      {
        type: "text",
        silent: true,
        x: isLow ? left + valueWidth / 2 : size.width / 2,
        y: top,
        style: {
          text: value,
          fill: theme.ink,
          fontSize: valueSize,
          fontWeight: 600,
          fontFamily,
          align: "center",
          verticalAlign: "top"
        }
      },
      ...(isShown ?
        [{
          type: "text" as const,
          silent: true,
          x: isLow ? left + valueWidth + 16 : size.width / 2,
          y: isLow ? size.height / 2 - lineHeight / 2 : top + valueSize * 1.15 + below,
          style: {
            text: told.join("\n"),
            align: isLow ? "left" as const : "center" as const,
            verticalAlign: "top" as const,
            lineHeight,
            fontSize: 13,
            fontFamily,
            rich: rich(change, look)
          }
        }] :
        [])
    ]
  }
}
