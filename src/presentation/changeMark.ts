import type { Meta, Stat } from "../domain/Series.ts"
import { type Change, changeTextOf } from "./changeOf.ts"
import type { Look } from "./Look.ts"

export interface ChangeMark {
  readonly text: string
  readonly from: string
  readonly color: string
}

const arrows = { [-1]: "▼", 0: "■", 1: "▲" } as const

const colorOf = (direction: Change["direction"], { details, theme }: Look) => {
  const moreIsBetter = details.moreIsBetter ?? null
  if (direction === 0 || moreIsBetter === null) return theme.muted
  return (direction > 0) === moreIsBetter ? theme.good : theme.bad
}

export const changeMark = (stat: Stat, meta: Meta, look: Look): ChangeMark | undefined => {
  const change = changeTextOf(stat, meta, look.localization)
  return change === undefined ? undefined : {
    text: `${arrows[change.direction]} ${change.text}`,
    from: look.localization.t.changeFrom({ previous: look.format.card(stat.previous) }),
    color: colorOf(change.direction, look)
  }
}
