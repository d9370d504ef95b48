import type { Stat, Unit } from "../domain/Series.ts"
import type { Look } from "./Look.ts"

export interface Change {
  readonly text: string
  readonly from: string
  readonly color: string
}

const arrow = (difference: number) => {
  if (difference > 0) return "▲"
  return difference < 0 ? "▼" : "■"
}

const colorOf = (difference: number, { details, theme }: Look) => {
  const moreIsBetter = details.moreIsBetter ?? null
  if (difference === 0 || moreIsBetter === null) return theme.muted
  return (difference > 0) === moreIsBetter ? theme.good : theme.bad
}

const amountOf = ({ deltaPct }: Stat, difference: number, unit: Unit, { format, locale }: Look) => {
  if (difference === 0) return "no change"
  if (unit === "percent" || deltaPct === null) return format.difference(difference)
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(Math.abs(deltaPct) / 100)
}

export const changeOf = (stat: Stat, unit: Unit, look: Look, isShort = false): Change | undefined => {
  if (stat.value === null || stat.previous === null) return undefined
  const difference = Math.round((stat.value - stat.previous) * 100) / 100
  return {
    text: `${arrow(difference)} ${amountOf(stat, difference, unit, look)}`,
    from: `from ${isShort ? look.format.short(stat.previous) : look.format.full(stat.previous)}`,
    color: colorOf(difference, look)
  }
}
