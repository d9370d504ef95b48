import type { ChartKind } from "../domain/Chart.ts"
import { anyOf } from "./vocabulary.ts"
import { take, type Word } from "./words.ts"

const kinds = ["area", "line", "bar", "donut", "pie", "radar", "radial"] as const satisfies ReadonlyArray<ChartKind>
const noun = anyOf(({ chartNoun }) => chartNoun)
const as = "(?:as|als|como|en) (?:an? |eine? |una? )?"

/** "line" alone may be a telephone line, so these words need "as" or "chart". */
const ambiguous: ReadonlySet<ChartKind> = new Set(["area", "line", "bar"])

const patterns = kinds.map((kind) => {
  const name = anyOf(({ charts }) => charts[kind])
  const bare = ambiguous.has(kind) ? "" : `|${name}`
  const forms = `${as}(?:${noun} (?:de )?)?${name}(?: ?${noun})?|${name} ?${noun}|${noun} (?:de )?${name}${bare}`
  return [new RegExp(`(?<!\\S)(?:${forms})(?!\\S)`), kind] as const
})

export const chartOf = (words: ReadonlyArray<Word>) => {
  for (const [pattern, chart] of patterns) {
    const taken = take(words, pattern)
    if (taken !== undefined) return { chart, ...taken }
  }
  return { chart: undefined, text: "", rest: words }
}
