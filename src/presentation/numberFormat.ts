import { numberFormats } from "../domain/numberFormats.ts"
import type { Meta, Unit } from "../domain/Series.ts"

/** `full` is for statistics and tables, and `short` for axes and marks. */
export interface NumberFormat {
  readonly full: (value: number | null) => string
  readonly short: (value: number | null) => string
  readonly exact: (value: number | null) => string
  /** The text has a sign. A difference of percentages is in percentage points. */
  readonly difference: (value: number) => string
}

const missing = "–"

const clock = { minutes: ["h", "min"], seconds: ["min", "s"] } as const

const sign = (value: number, text: string) => `${value < 0 ? "−" : "+"}${text}`

const signed = (format: (value: number) => string) => (value: number) => sign(value, format(Math.abs(value)))

/** The noun is in the singular if the text of the number is 1. */
const withNoun = (format: Intl.NumberFormat, noun: string) => (value: number) => {
  const text = format.format(value)
  return `${text} ${noun}${text === "1" ? "" : "s"}`
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

const shortDuration = (unit: "minutes" | "seconds", compact: Intl.NumberFormat) => (value: number) => {
  const [large, small] = clock[unit]
  return Math.abs(value) < 60 ? `${compact.format(value)} ${small}` : `${compact.format(value / 60)} ${large}`
}

const shortened = (plain: Intl.NumberFormat, compact: Intl.NumberFormat, compactFrom: number) => (value: number) =>
  (Math.abs(value) < compactFrom ? plain : compact).format(value)

const moneyFormat = (currency: string, locale: string): NumberFormat => {
  const style = { style: "currency", currency } as const
  const exact = new Intl.NumberFormat(locale, { ...style, trailingZeroDisplay: "stripIfInteger" })
  const compact = new Intl.NumberFormat(locale, { ...style, notation: "compact", maximumFractionDigits: 1 })
  const rounded = new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: 0 })
  const short = (value: number) => (Math.abs(value) < 100 ? exact : rounded).format(value)
  return {
    full: orMissing((value) => exact.format(value)),
    exact: orMissing((value) => exact.format(value)),
    short: orMissing((value) =>
      Math.abs(value) < numberFormats.money.compactFrom ? short(value) : compact.format(value)
    ),
    difference: signed((value) => compact.format(value))
  }
}

/** Rounds half away from zero, as the service does. */
export const roundedQuotient = (numerator: number, denominator: number, unit: Unit): number => {
  const scale = 10 ** numberFormats[unit].decimals
  const parts = numerator * scale / denominator
  return (Math.sign(parts) * Math.round(Math.abs(parts)) || 0) / scale
}

export const numberFormat = ({ currency, unit }: Pick<Meta, "unit" | "currency">, locale = "en"): NumberFormat => {
  if (unit === "money" && currency !== undefined) return moneyFormat(currency, locale)
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: numberFormats[unit].decimals })
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 })
  switch (unit) {
    case "count":
    case "money":
      return {
        full: orMissing((value) => plain.format(value)),
        exact: orMissing((value) => plain.format(value)),
        short: orMissing(shortened(plain, compact, numberFormats[unit].compactFrom)),
        difference: signed((value) => plain.format(value))
      }
    case "percent": {
      const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 })
      const share = orMissing((value) => percent.format(value / 100))
      return { full: share, exact: share, short: share, difference: signed(withNoun(plain, "point")) }
    }
    case "days":
      return {
        full: orMissing(withNoun(plain, "day")),
        exact: orMissing((value) => `${plain.format(value)} d`),
        short: orMissing((value) => `${compact.format(value)} d`),
        difference: signed(withNoun(compact, "day"))
      }
    case "minutes":
    case "seconds": {
      const short = shortDuration(unit, compact)
      return {
        full: orMissing(duration(unit, plain)),
        exact: orMissing((value) => `${plain.format(value)} ${clock[unit][1]}`),
        short: orMissing(short),
        difference: signed(short)
      }
    }
  }
}
