import type { EChartsOption } from "echarts"
import type { Stat } from "../domain/Stat.ts"
import { type ChangeMark, changeMark } from "./changeMark.ts"
import { base, type Look } from "./Look.ts"
import { textWidth } from "./textWidth.ts"
import { fontFamily } from "./themes.ts"

const largest = 44
const smallest = 16
const lineHeight = 20
const below = 6
const oneLineBelow = 70

/** The size of a number depends on its card alone unless its text is longer than this, so a row of cards has one size. */
const usualText = "88 h 88 min"

const fitted = (words: string, width: number, height: number) => {
  const byWidth = Math.floor(width / Math.max(1, textWidth(words, 1_000) / 1_000))
  return Math.max(smallest, Math.min(largest, byWidth, Math.floor(height)))
}

const rich = ({ color }: ChangeMark, { theme }: Look) => ({
  change: { fill: color, fontSize: 13, fontWeight: 600, fontFamily } as const,
  from: { fill: theme.muted, fontSize: 13, fontFamily }
})

const lines = (change: ChangeMark, width: number): ReadonlyArray<string> => {
  const [first, second] = [`{change|${change.text}}`, `{from|${change.from}}`]
  return textWidth(`${change.text}  ${change.from}`, 13) > width ? [first, second] : [`${first}  ${second}`]
}

export const statDrawing = (stat: Stat, look: Look): EChartsOption => {
  const { format, size, theme } = look
  const value = format.card(stat.value)
  const change = changeMark(stat, look)
  const isLow = size.height < oneLineBelow
  const told = change === undefined ? [] : lines(change, isLow ? Infinity : size.width - 24)
  const room = size.height * (isLow ? 0.8 : 0.36)
  const changeWidth = isLow && change !== undefined ? textWidth(`${change.text}  ${change.from}`, 13) + 16 : 0
  const hasRoomBeside = size.width - 24 - changeWidth > textWidth(value, smallest)
  const valueRoom = size.width - 24 - (hasRoomBeside ? changeWidth : 0)
  const usualSize = fitted(isLow ? value : usualText, valueRoom, room)
  const valueSize = Math.min(usualSize, fitted(value, valueRoom, room))
  const valueWidth = textWidth(value, valueSize)
  const valueHeight = usualSize * 1.15
  const heightWith = (count: number) => valueHeight + (isLow ? 0 : count * lineHeight + below)
  // A card without a change has room for one, so that its number is at the height of the other cards.
  const top = Math.max(0, Math.min((size.height - heightWith(1)) / 2, size.height - heightWith(told.length)))
  const left = (size.width - valueWidth - (hasRoomBeside ? changeWidth : 0)) / 2
  const isShown = change !== undefined && (!isLow || hasRoomBeside)
  return {
    ...base(look),
    graphic: [
      {
        type: "text",
        silent: true,
        x: isLow ? left + valueWidth / 2 : size.width / 2,
        y: top + usualSize,
        style: {
          text: value,
          fill: theme.ink,
          fontSize: valueSize,
          fontWeight: 600,
          fontFamily,
          align: "center",
          verticalAlign: "bottom"
        }
      },
      ...(isShown ?
        [{
          type: "text" as const,
          silent: true,
          x: isLow ? left + valueWidth + 16 : size.width / 2,
          y: isLow ? size.height / 2 - lineHeight / 2 : top + valueHeight + below,
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
