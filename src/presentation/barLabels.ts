import type { CategoryPoint, LeaderboardPoint } from "../domain/Series.ts"
import { type Look, text } from "./Look.ts"
import { attainedText } from "./targetOf.ts"

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

const valueLabel = (point: Point, isAcross: boolean, look: Look) => {
  const { value } = point
  const isBelow = value !== null && value < 0
  const end = isAcross ? { far: "right", near: "left" } as const : { far: "top", near: "bottom" } as const
  return {
    show: true,
    position: isBelow ? end.near : end.far,
    formatter: valueText(point, look),
    ...text(look)
  }
}

export const dataOf = (points: Points, isAcross: boolean, look: Look) =>
  points.map((point) => ({ value: point.value ?? 0, label: valueLabel(point, isAcross, look) }))
