import type { EChartsOption } from "echarts"
import type { ColorName } from "../domain/Color.ts"
import { other } from "../domain/reservedKeys.ts"
import type { MetricSeries } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import type { Details, Size } from "./Details.ts"
import { type NumberFormat, numberFormat } from "./numberFormat.ts"
import { restKey } from "./restOf.ts"
import { fontFamily, type Theme } from "./themes.ts"

export interface Look {
  readonly theme: Theme
  readonly size: Size
  readonly localization: Localization
  readonly format: NumberFormat
  readonly details: Details
  readonly isWhole: boolean
  readonly fontSize: number
}

export const lookOf = (series: MetricSeries, theme: Theme, size: Size, details: Details): Look => {
  const { localization } = details
  return {
    theme,
    size,
    localization,
    details,
    format: numberFormat(series.meta, localization),
    isWhole: series.meta.unit === "count",
    fontSize: size.width < 260 ? 11 : 12
  }
}

export const text = ({ fontSize, theme }: Look) => ({ color: theme.ink, fontFamily, fontSize })
export const mutedText = (look: Look) => ({ ...text(look), color: look.theme.muted })

export const valueAxis = (look: Look, splitNumber: number) => ({
  type: "value" as const,
  minInterval: look.isWhole ? 1 : 0,
  axisLabel: { ...mutedText(look), formatter: look.format.axis, hideOverlap: true },
  splitNumber,
  splitLine: { lineStyle: { color: look.theme.line } }
})

export const base = (look: Look): EChartsOption => ({
  animation: look.details.isInteractive !== false,
  animationDuration: 250,
  backgroundColor: "transparent",
  textStyle: { fontFamily, color: look.theme.ink },
  ...(look.details.isInteractive !== false && {
    tooltip: {
      trigger: "item",
      confine: true,
      backgroundColor: look.theme.surface,
      borderColor: look.theme.line,
      textStyle: text(look)
    }
  })
})

/** Neighbors in this order differ most. */
const turns: ReadonlyArray<ColorName> = ["blue", "orange", "violet", "green", "pink", "amber", "teal", "red"]

const isRest = (key: string) => key === other || key === restKey

export const colorsOf = (
  keys: ReadonlyArray<string>,
  { details, theme }: { readonly details: Pick<Details, "colors">; readonly theme: Theme }
): ReadonlyArray<string> => {
  const own = new Map(Object.entries(details.colors ?? {}))
  const taken = new Set(keys.flatMap((key) => own.get(key) ?? []))
  const free = turns.filter((name) => !taken.has(name))
  const others = keys.filter((key) => !own.has(key) && !isRest(key))
  return keys.map((key) => {
    const named = own.get(key) ?? (isRest(key) ? "slate" : undefined)
    if (named !== undefined) return theme.colors[named]
    return theme.colors[(free.length > 0 ? free : turns)[others.indexOf(key) % Math.max(1, free.length)] ?? "blue"]
  })
}
