import { numberFormats } from "../domain/numberFormats.ts"
import type { Meta, Unit } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"

/** `docs/numbers.md` says which place shows a number in which form. */
export interface NumberFormat {
  /** For tables, tooltips, screen readers, and PDF files: all digits. */
  readonly full: (value: number | null) => string
  /** For marks, legends, and the large number of a card: no cents from 100 on, and a short form from a million on. */
  readonly card: (value: number | null) => string
  readonly axis: (value: number) => string
  /** The text has a sign. A difference of percentages is in percentage points. */
  readonly difference: (value: number) => string
}

export const missing = "–"

export const percentFormat = (locale: string) =>
  new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 })

const clock = { minutes: ["h", "min"], seconds: ["min", "s"] } as const

/** A sign is also before a positive number. */
export const sign = (value: number, text: string) => `${value < 0 ? "−" : "+"}${text}`

const signed = (format: (value: number) => string) => (value: number) => sign(value, format(Math.abs(value)))

type Named = (values: { readonly value: string; readonly count: number }) => string

/** The noun is in the singular if the text of the number is 1. */
const withNoun = (format: Intl.NumberFormat, named: Named) => (number: number) => {
  const value = format.format(number)
  return named({ value, count: value === "1" ? 1 : 0 })
}

const orMissing = (format: (value: number) => string) => (value: number | null) =>
  value === null ? missing : format(value)

/** For example, 1,274.8 minutes become 21 h 15 min. */
const duration = (unit: "minutes" | "seconds", plain: Intl.NumberFormat) => (value: number) => {
  const [large, small] = clock[unit]
  const size = Math.abs(value)
  if (size < 60) return `${plain.format(value)} ${small}`
  const whole = Math.round(size)
  const rest = whole % 60
  const text = `${plain.format(Math.floor(whole / 60))} ${large}`
  return `${value < 0 ? "−" : ""}${text}${rest === 0 ? "" : ` ${rest} ${small}`}`
}

/** For example, 90.4 min, which `full` shows as 1 h 30 min. */
export const smallUnitFormat = (unit: "minutes" | "seconds", locale: string) => {
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: numberFormats[unit].decimals })
  return orMissing((value) => `${plain.format(value)} ${clock[unit][1]}`)
}

const shortDuration = (unit: "minutes" | "seconds", compact: Intl.NumberFormat) => (value: number) => {
  const [large, small] = clock[unit]
  return Math.abs(value) < 60 ? `${compact.format(value)} ${small}` : `${compact.format(value / 60)} ${large}`
}

const axisCompactFrom = 10_000
const centsBelow = 100

const shortened = (plain: Intl.NumberFormat, compact: Intl.NumberFormat, compactFrom: number) => (value: number) =>
  (Math.abs(value) < compactFrom ? plain : compact).format(value)

const moneyFormat = (currency: string, locale: string): NumberFormat => {
  const style = { style: "currency", currency } as const
  const exact = new Intl.NumberFormat(locale, { ...style, trailingZeroDisplay: "stripIfInteger" })
  const compact = new Intl.NumberFormat(locale, { ...style, notation: "compact", maximumFractionDigits: 1 })
  const rounded = new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: 0 })
  const short = (compactFrom: number) => (value: number) =>
    Math.abs(value) < centsBelow ? exact.format(value) : shortened(rounded, compact, compactFrom)(value)
  const card = short(numberFormats.money.compactFrom)
  return {
    full: orMissing((value) => exact.format(value)),
    card: orMissing(card),
    axis: short(axisCompactFrom),
    difference: signed(card)
  }
}

/** Rounds half away from zero, as the service does. */
export const roundedQuotient = (numerator: number, denominator: number, unit: Unit): number => {
  const scale = 10 ** numberFormats[unit].decimals
  const parts = numerator * scale / denominator
  return (Math.sign(parts) * Math.round(Math.abs(parts)) || 0) / scale
}

export const numberFormat = (
  { currency, unit }: Pick<Meta, "unit" | "currency">,
  { locale, t }: Localization
): NumberFormat => {
  if (unit === "money" && currency !== undefined) return moneyFormat(currency, locale)
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: numberFormats[unit].decimals })
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 })
  switch (unit) {
    case "count":
    case "money": {
      const card = shortened(plain, compact, numberFormats[unit].compactFrom)
      return {
        full: orMissing((value) => plain.format(value)),
        card: orMissing(card),
        axis: shortened(plain, compact, axisCompactFrom),
        difference: signed(card)
      }
    }
    case "percent": {
      const percent = percentFormat(locale)
      const share = (value: number) => percent.format(value / 100)
      const shown = orMissing(share)
      return { full: shown, card: shown, axis: share, difference: signed(withNoun(plain, t.points)) }
    }
    case "days": {
      const days = withNoun(plain, t.days)
      const shown = orMissing(days)
      return {
        full: shown,
        card: shown,
        axis: (value) => t.daysShort({ value: compact.format(value) }),
        difference: signed(days)
      }
    }
    case "minutes":
    case "seconds": {
      const words = duration(unit, plain)
      const shown = orMissing(words)
      return { full: shown, card: shown, axis: shortDuration(unit, compact), difference: signed(words) }
    }
  }
}

/** All numbers of a column have equal decimals: amounts have cents if one of them has, and so have percentages tenths. */
export const columnFormat = (
  meta: Pick<Meta, "unit" | "currency">,
  values: ReadonlyArray<number | null>,
  localization: Localization
): NumberFormat["full"] => {
  const { locale } = localization
  const { currency, unit } = meta
  const { full } = numberFormat(meta, localization)
  if (values.every((value) => value === null || Number.isInteger(value))) return full
  if (unit === "money" && currency !== undefined) {
    const exact = new Intl.NumberFormat(locale, { style: "currency", currency })
    return orMissing((value) => exact.format(value))
  }
  if (unit !== "percent") return full
  const share = new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return orMissing((value) => share.format(value / 100))
}
