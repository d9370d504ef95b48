import type { MetricSeries, Target } from "../api/wire.ts"
import { locale } from "../shell/messages.ts"

export const organizationOwner = "organization"

/** The page sets the targets of whole months, without filters. */
export const isShown = ({ filters, period }: Target): boolean => period === "month" && Object.keys(filters).length === 0

export const monthsOf = (year: number): ReadonlyArray<string> =>
  Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, "0")}`)

const daysOf = (month: string): number => {
  const [year = 0, number = 0] = month.split("-").map(Number)
  return new Date(Date.UTC(year, number, 0)).getUTCDate()
}

/** Returns the sum of the months, or their mean weighted by their days, as the service does. */
export const yearOf = (isMean: boolean, months: ReadonlyArray<readonly [month: string, number: number]>): number => {
  if (!isMean) return months.reduce((total, [, number]) => total + number, 0)
  const days = months.reduce((total, [month]) => total + daysOf(month), 0)
  return months.reduce((total, [month, number]) => total + number * daysOf(month), 0) / (days || 1)
}

/** An amount is in the currency of the target, and that of a new target is in the currency of the organization. */
export const currencyIn =
  (targets: ReadonlyArray<Pick<Target, "currency" | "for">>, usual: string) => (owner: string): string =>
    targets.find((target) => target.for === owner)?.currency ?? usual

interface Currency {
  readonly currency: string
  readonly names: ReadonlyArray<string>
}

/** Returns the currencies with the names of their rows. The currency of the most rows is the first. */
export const currenciesOf = (
  rows: ReadonlyArray<{ readonly id: string; readonly name: string }>,
  currencyOf: (owner: string) => string
): ReadonlyArray<Currency> => {
  const all = rows.map(({ id, name }) => ({ currency: currencyOf(id), name }))
  return [...new Set(all.map(({ currency }) => currency))]
    .map((currency) => ({ currency, names: all.filter((one) => one.currency === currency).map(({ name }) => name) }))
    .toSorted((one, other) => other.names.length - one.names.length)
}

/** The number of a category without records is 0. It is null as long as no count is known. */
export const valueIn = (series: MetricSeries | undefined, category: string): number | null => {
  if (series === undefined || series.error !== undefined) return null
  const points = series.shape === "timeseries" ? [] : series.points
  return points.find((point) => point.category === category)?.value ?? 0
}

/** Waits until all requests have ended. If some have failed, it fails with the error of the first of them. */
export const allSaved = async (saves: ReadonlyArray<Promise<unknown>>): Promise<void> => {
  await Promise.allSettled(saves)
  await Promise.all(saves)
}

export const cellKey = (owner: string, month: string): string => JSON.stringify([owner, month])

/** The last of two kinds of separators is the decimal one. A single one before three digits separates thousands. */
const withPoint = (text: string): string => {
  const last = Math.max(text.lastIndexOf(","), text.lastIndexOf("."))
  if (last === -1) return text
  const [whole, part] = [text.slice(0, last), text.slice(last + 1)]
  const separator = text[last] ?? ""
  const isThousands = /^\d{3}$/.test(part) && (whole.includes(separator) || !/[.,]/.test(whole))
  const digits = (one: string) => one.replaceAll(/[.,]/g, "")
  return isThousands ? digits(text) : `${digits(whole)}.${part}`
}

/** Reads a number as a spreadsheet shows it, such as `€ 50.000,00`. Null is an empty cell, undefined is no number. */
export const numberIn = (text: string): number | null | undefined => {
  const plain = text.replaceAll(/[\s\u00a0\u202f'’%]|\p{Sc}|^[A-Z]{3}|[A-Z]{3}$/gu, "")
  if (plain === "" || plain === "-" || plain === "–") return null
  const number = /^[\d.,]+$/.test(plain) ? Number(withPoint(plain)) : Number.NaN
  return Number.isFinite(number) ? number : undefined
}

/** A weight is a percentage with at most two decimals. An empty cell has none. */
export const isWeight = (number: number | null): boolean =>
  number === null || (number <= 100 && Number(number.toFixed(2)) === number)

/** The text has the separators of the locale, and all decimals. Three decimals get a zero, because `0.125` is read as 125. */
export const numberText = (number: number): string =>
  new Intl.NumberFormat(locale(), {
    minimumFractionDigits: /\.\d{3}$/.test(`${number}`) ? 4 : 0,
    maximumFractionDigits: 20
  }).format(number)

const tidied = (text: string): string => {
  const number = numberIn(text)
  if (number === undefined) return text.trim()
  return number === null ? "" : numberText(number)
}

/** A spreadsheet separates cells by tabs and rows by line breaks. */
export const pastedCells = (text: string): ReadonlyArray<ReadonlyArray<string>> =>
  text.replace(/\r?\n$/, "").split(/\r?\n/).map((row) => row.split("\t").map(tidied))

type ValueOf = (row: string, column: string) => number | undefined

const storedText = (number: number | undefined): string => number === undefined ? "" : numberText(number)

/** Returns the text of a cell: what was typed, or the stored number. */
export const textIn = (typed: ReadonlyMap<string, string>, valueOf: ValueOf) => (row: string, column: string): string =>
  typed.get(cellKey(row, column)) ?? storedText(valueOf(row, column))

const cellOf = (key: string): readonly [row: string, column: string] => {
  const [row = "", column = ""]: ReadonlyArray<string> = JSON.parse(key)
  return [row, column]
}

/** Returns the texts of these rows. A row is not shown any more after its person has left, for example. */
export const textsOf = (
  typed: ReadonlyMap<string, string>,
  rows: ReadonlyArray<{ readonly id: string }>
): ReadonlyMap<string, string> => {
  const ids = new Set(rows.map(({ id }) => id))
  return new Map([...typed].filter(([key]) => ids.has(cellOf(key)[0])))
}

export interface Typed {
  readonly texts: ReadonlyMap<string, string>
  /** The texts that are sent to the service. */
  readonly sent?: ReadonlyMap<string, string> | undefined
}

/** The text of the stored number is not kept, except during a save, which replaces the number. */
export const withCells = ({ sent, texts }: Typed, cells: ReadonlyMap<string, string>, valueOf: ValueOf): Typed => {
  const all = [...new Map([...texts, ...cells])]
  const kept = sent === undefined ? all.filter(([key, text]) => text !== storedText(valueOf(...cellOf(key)))) : all
  return { sent, texts: new Map(kept) }
}

/** After a save, the texts that were typed meanwhile stay. */
export const afterSave = ({ sent, texts }: Typed): Typed => ({
  texts: new Map([...texts].filter(([key, text]) => sent?.get(key) !== text))
})

export interface RowChange {
  readonly row: string
  readonly values: { readonly [column: string]: number | null }
}

/** Returns the cells whose number differs from the stored one, by row. */
export const changesOf = (typed: ReadonlyMap<string, string>, valueOf: ValueOf): ReadonlyArray<RowChange> => {
  const rows = new Map<string, { [column: string]: number | null }>()
  for (const [key, text] of typed) {
    const [row, column] = cellOf(key)
    const number = numberIn(text)
    if (number === undefined || number === (valueOf(row, column) ?? null)) continue
    rows.set(row, { ...rows.get(row), [column]: number })
  }
  return [...rows].map(([row, values]) => ({ row, values }))
}
