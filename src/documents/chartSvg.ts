import { init, setPlatformAPI } from "echarts/core"
import type { Localization } from "../languages/Localization.ts"
import type { Size } from "../presentation/Details.ts"
import { drawing } from "../presentation/drawing.ts"
import { registerParts } from "../presentation/parts.ts"
import { stateOf } from "../presentation/stateOf.ts"
import type { Theme } from "../presentation/themes.ts"
import type { DocumentCard } from "./Document.ts"
import { fontFamilies, measureText } from "./fonts.ts"
import { peopleSvg } from "./peopleSvg.ts"
import { printable, withFontRuns } from "./xml.ts"

registerParts()

const defaultFontSize = 12

setPlatformAPI({
  measureText: (text, font = "") => {
    const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? defaultFontSize)
    return { width: measureText(text, size, /\b(600|700|bold)\b/.test(font) ? "semiBold" : "regular") }
  }
})

/** A fixed prefix replaces ECharts' ids, so that equal charts give equal files. */
const withOwnIds = (svg: string, prefix: string) =>
  svg
    .replaceAll(/<style[\s\S]*?<\/style>/g, "")
    .replaceAll(/<[^>]*>/g, (tag) => tag.replaceAll(/ class="zr[\w-]*"/g, "").replaceAll(/\bzr\d+-/g, `${prefix}-`))

export const chartSvg = (
  card: DocumentCard,
  localization: Localization,
  theme: Theme,
  { height, width }: Size,
  prefix: string
): string => {
  const isTable = card.columns?.some(({ series }) => stateOf(series, localization).kind === "filled") ?? false
  if (card.columns !== undefined && isTable) return peopleSvg(card.columns, localization, theme, { width, height })
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height })
  const details = { ...card.details, localization, isInteractive: false }
  chart.setOption(drawing(card.series, card.chart, theme, { width, height }, details))
  const svg = printable(chart.renderToSVGString())
  chart.dispose()
  return withOwnIds(svg, prefix).replaceAll(
    /(<text[^>]*>)([^<]*)/g,
    (_, tag: string, words: string) => `${tag}${withFontRuns(words, fontFamilies[1])}`
  )
}
