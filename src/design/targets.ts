import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import { phrase } from "./exclusions.ts"
import { targets } from "./languages/Language.ts"
import type { Read } from "./read.ts"
import { anyOf } from "./vocabulary.ts"
import { take, type Word } from "./words.ts"

const compounds = "\\w+ziel(?:e|en|es|erreichung)?"
const goal = phrase([...Object.values(targets), compounds, anyOf(({ occasions }) => occasions.goals)].join("|"))

export const asksForTarget = (words: ReadonlyArray<Word>): boolean => take(words, goal) !== undefined

/** The presets whose windows consist of whole periods, as those of targets do. */
export const targetPresets = {
  day: "this_month",
  week: "this_month",
  month: "this_month",
  quarter: "this_quarter",
  year: "this_year"
} as const

export const canHaveTarget = (
  { countsAhead, shape, takesTimeframe }: CatalogEntry,
  groupBy: string | undefined
): boolean =>
  takesTimeframe && !countsAhead && groupBy === undefined && ["stat", "timeseries", "leaderboard"].includes(shape)

/** "Did we reach our target" is not about calls that reached somebody. */
export const ofAttainment = (word: Read) => word.concepts?.join() === "connect" ? { ...word, concepts: [] } : word
