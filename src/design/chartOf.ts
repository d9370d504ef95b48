import type { ChartKind } from "../domain/Chart.ts"
import { take, type Word } from "./words.ts"

const kinds: ReadonlyArray<readonly [RegExp, ChartKind]> = [
  [/\b(?:as )?(?:an? )?(?:area|flaeche\w*)(?: chart| graph| diagramm)?\b/, "area"],
  [/\b(?:as )?(?:an? )?(?:line|linie\w*)(?: chart| graph| diagramm)?\b/, "line"],
  [/\b(?:as )?(?:an? )?(?:bar|bars|column|columns|balken\w*|saeule\w*)(?: chart| graph| diagramm)?\b/, "bar"],
  [/\b(?:as )?(?:an? )?(?:donut|doughnut|ring\w*diagramm)(?: chart)?\b/, "donut"],
  [/\b(?:as )?(?:an? )?(?:pie|torte\w*|kuchen\w*|kreisdiagramm)(?: chart| diagramm)?\b/, "pie"],
  [/\b(?:as )?(?:an? )?(?:radar|spider|netzdiagramm)(?: chart)?\b/, "radar"],
  [/\b(?:as )?(?:an? )?(?:gauge|radial|tacho\w*)(?: chart)?\b/, "radial"]
]

export const chartOf = (words: ReadonlyArray<Word>) => {
  for (const [pattern, chart] of kinds) {
    const taken = take(words, pattern)
    if (taken !== undefined) return { chart, ...taken }
  }
  return { chart: undefined, text: "", rest: words }
}
