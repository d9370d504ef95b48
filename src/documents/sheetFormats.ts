import type { Meta, Unit } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { messagesOf } from "../languages/messagesOf.ts"
import { changeUnitOf } from "../presentation/changeOf.ts"
import type { TableColumn } from "../presentation/Table.ts"

const firstSerial = 61
const lastSerial = 2_958_465

export const serialOf = (time: Date) => time.getTime() / 86_400_000 + 25_569

/** Excel has no earlier and no later dates. In January and February 1900, its dates are one day late. */
export const isExcelDate = (time: Date) => serialOf(time) >= firstSerial && serialOf(time) <= lastSerial

/** The first day of a bucket. */
export const dayOf = (bucket: string) => new Date(`${bucket}T00:00:00Z`)

export const dayFormat = "yyyy-mm-dd"

/** Zero is "no change" only if the difference is 0. */
const changeFormat = (unit: Unit, sign: number, { locale, t }: Localization) => {
  const suffix = changeUnitOf(unit) === "points" ? ` ${messagesOf(locale).documents.pointsUnit()}` : "%"
  const [rise, fall] = [`+0.0"${suffix}"`, `"−"0.0"${suffix}"`]
  const unchanged = `"${t.noChange()}"`
  return [rise, fall, sign === 0 ? unchanged : sign > 0 ? rise : fall].join(";")
}

const percentFormat = "#,##0.0\"%\""

const unitFormat = (unit: Exclude<Unit, "money">, locale: string): string => {
  switch (unit) {
    case "count":
      return "#,##0"
    case "percent":
      return percentFormat
    case "days":
      return `#,##0.0" ${messagesOf(locale).documents.daysUnit()}"`
    case "minutes":
      return "#,##0.0\" min\""
    case "seconds":
      return "#,##0.0\" s\""
  }
}

/** Some currencies, such as JPY, have no decimals. */
export const moneyFormatOf = (currency: string | undefined, locale = "en", hasSymbol = true): string => {
  if (currency === undefined) return "#,##0.00"
  const parts = new Intl.NumberFormat(locale, { style: "currency", currency }).formatToParts(0)
  return parts.map(({ type, value }) => {
    switch (type) {
      case "integer":
        return "#,##0"
      case "decimal":
        return "."
      case "fraction":
        return "0".repeat(value.length)
      default:
        return hasSymbol ? `"${value.replaceAll("\"", "")}"` : ""
    }
  }).join("")
}

/**
 * A spreadsheet program shows a number with its unit, but computes with the plain number. The format of a change has the
 * sign of the difference.
 */
export const formatOf = (
  { currency, unit }: Meta,
  kind: TableColumn["kind"],
  localization: Localization,
  sign = 0
): string => {
  if (kind === "rank") return "0"
  if (kind === "attained" || kind === "share") return percentFormat
  if (kind === "change") return changeFormat(unit, sign, localization)
  const { locale } = localization
  return unit === "money" ? moneyFormatOf(currency, locale) : unitFormat(unit, locale)
}
