import type { EChartsOption } from "echarts"
import type { ColorName } from "../domain/Color.ts"
import { other } from "../domain/reservedKeys.ts"
import type { Meta, MetricSeries } from "../domain/Series.ts"
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
  readonly meta: Pick<Meta, "unit" | "currency">
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
    meta: series.meta,
    fontSize: size.width < 260 ? 11 : 12
  }
}

export const text = ({ fontSize, theme }: Look) => ({ color: theme.ink, fontFamily, fontSize })
export const mutedText = (look: Look) => ({ ...text(look), color: look.theme.muted })

export const valueAxis = (look: Look, splitNumber: number) => ({
  type: "value" as const,
  minInterval: look.meta.unit === "count" ? 1 : 0,
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
const turns: ReadonlyArray<ColorName> = ["blue", "orange", "violet", "green", "lime", "pink", "amber", "teal", "red"]

const isRest = (key: string) => key === other || key === restKey

/** A value that is not listed gets a place by its text. The key of an ungrouped series has the first place. */
const placeOf = (key: string): number => {
  let hash = 0
  if (key !== "value") { for (const letter of key) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521 }
  return hash
}

/**
 * A color belongs to a value, also if other values are filtered out or not shown. Only if two values have the same
 * color by their places, the later one takes the next color that is free.
 */
export const colorsOf = (
  keys: ReadonlyArray<string>,
  { details: { colors = {}, values = [] }, theme }: {
    readonly details: Pick<Details, "colors" | "values">
    readonly theme: Theme
  }
): ReadonlyArray<string> => {
  const named = new Map<string, ColorName>(Object.entries(colors))
  const listed = new Map(values.map((value, index) => [value, index]))
  const used = new Set(named.values())
  const unused = turns.filter((name) => !used.has(name))
  const free = unused.length === 0 ? turns : unused
  const others = keys.filter((key) => !named.has(key) && !isRest(key)).toSorted((a, b) =>
    (listed.get(a) ?? values.length) - (listed.get(b) ?? values.length) || (a < b ? -1 : 1)
  )
  const taken = new Set<ColorName>()
  for (const key of others) {
    const place = (listed.get(key) ?? placeOf(key)) % free.length
    const turned = [...free.slice(place), ...free.slice(0, place)]
    const name = turned.find((color) => !taken.has(color)) ?? turned[0] ?? "blue"
    taken.add(name)
    named.set(key, name)
  }
  return keys.map((key) => theme.colors[named.get(key) ?? "slate"])
}
