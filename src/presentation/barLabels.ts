import type { CategoryPoint, LeaderboardPoint } from "../domain/Series.ts"
import { changeMark } from "./changeMark.ts"
import { statOf } from "./changeOf.ts"
import { type Look, text } from "./Look.ts"
import { attainedText } from "./targetOf.ts"
import { textWidth } from "./textWidth.ts"

export type Point = CategoryPoint | LeaderboardPoint
export type Points = ReadonlyArray<Point>

export const shareOf = (point: Point): number | null | undefined => {
  if ("attainedPct" in point) return point.attainedPct
  return "ofPrevious" in point ? point.ofPrevious : undefined
}

/** Such as `€2.9M · 192%`, with the attained part of the person's target, or the share of the step before. */
export const valueText = (point: Point, { format, localization: { locale } }: Look): string => {
  const value = format.card(point.value)
  const share = shareOf(point)
  return typeof share === "number" ? `${value} · ${attainedText(share, locale)}` : value
}

export const markOf = (point: Point | undefined, look: Look) => {
  const stat = statOf(point)
  return stat && changeMark(stat, look)
}

/** In a row, the change from the window before is behind the value, and above a bar it is a line of its own. */
export const wordsOf = (point: Point, isAcross: boolean, look: Look) => {
  const [value, mark] = [valueText(point, look), markOf(point, look)]
  if (mark === undefined) return { formatter: value }
  return {
    formatter: `${value}${isAcross ? "  " : "\n"}{change|${mark.text}}`,
    rich: { change: { ...text(look), color: mark.color } }
  }
}

export const widthOf = (point: Point, isAcross: boolean, look: Look): number => {
  const mark = markOf(point, look)
  const words = [valueText(point, look), ...(mark === undefined ? [] : [mark.text])]
  const lines = isAcross ? [words.join("  ")] : words
  return Math.max(...lines.map((line) => textWidth(line, look.fontSize)))
}

const valueLabel = (point: Point, isAcross: boolean, look: Look) => {
  const { value } = point
  const isBelow = value !== null && value < 0
  const end = isAcross ? { far: "right", near: "left" } as const : { far: "top", near: "bottom" } as const
  return {
    show: true,
    position: isBelow ? end.near : end.far,
    ...wordsOf(point, isAcross, look),
    ...text(look)
  }
}

export const dataOf = (points: Points, isAcross: boolean, look: Look) =>
  points.map((point) => ({ value: point.value ?? 0, label: valueLabel(point, isAcross, look) }))
