import type { Meta } from "../domain/Series.ts"
import type { Stat } from "../domain/Stat.ts"
import type { Localization } from "../languages/Localization.ts"
import { changeTextOf } from "./changeOf.ts"
import type { Look } from "./Look.ts"

type Tone = "good" | "bad" | "muted"

export interface ToldChange {
  /** Such as `▲ +12.5%`. */
  readonly text: string
  readonly tone: Tone
}

export interface ChangeMark {
  readonly text: string
  readonly from: string
  readonly color: string
}

const arrows = { [-1]: "▼", 0: "■", 1: "▲" } as const

export const toneOf = (direction: number, moreIsBetter: boolean | null): Tone => {
  if (direction === 0 || moreIsBetter === null) return "muted"
  return (direction > 0) === moreIsBetter ? "good" : "bad"
}

export const toldChange = (
  stat: Stat,
  meta: Pick<Meta, "unit" | "currency">,
  moreIsBetter: boolean | null,
  localization: Localization
): ToldChange | undefined => {
  const change = changeTextOf(stat, meta, localization)
  return change && {
    text: `${arrows[change.direction]} ${change.text}`,
    tone: toneOf(change.direction, moreIsBetter)
  }
}

export const changeMark = (
  stat: Stat,
  { details, format, localization, meta, theme }: Look
): ChangeMark | undefined => {
  const told = toldChange(stat, meta, details.moreIsBetter ?? null, localization)
  return told && {
    text: told.text,
    from: localization.t.changeFrom({ previous: format.card(stat.previous) }),
    color: theme[told.tone]
  }
}
