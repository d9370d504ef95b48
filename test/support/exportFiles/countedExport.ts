import { parse } from "csv-parse/sync"
import { Temporal } from "temporal-polyfill"
import type { Files } from "../csv.ts"
import type { PlainRow } from "../plainCsv.ts"

/** The names of numbers, such as `lead client 2024-03`, with a count or a sum. */
export type Numbers = Readonly<Record<string, number>>

export interface ExportCase {
  readonly preset: "hubspot" | "salesforce" | "pipedrive" | "twenty"
  readonly zone: string
  readonly files: Files
  /** Counts the raw files, by code that shares nothing with the import. */
  readonly expected: () => Numbers
}

export const rowsIn = (text: string, delimiter = ","): ReadonlyArray<PlainRow> =>
  parse<PlainRow>(text, { bom: true, columns: true, delimiter })

export const monthIn = (zone: string, text: string): string =>
  Temporal.Instant.from(text).toZonedDateTimeISO(zone).toPlainDate().toString().slice(0, 7)

export const tallied = (entries: ReadonlyArray<readonly [string, number]>): Numbers => {
  const totals = new Map<string, number>()
  for (const [key, value] of entries) totals.set(key, (totals.get(key) ?? 0) + value)
  return Object.fromEntries([...totals].filter(([, value]) => value !== 0).sort())
}

export const quotedLine = (values: ReadonlyArray<string>, delimiter = ",") =>
  values.map((value) => `"${value.replaceAll("\"", "\"\"")}"`).join(delimiter)

/** `numbered(50, f)` is f(0) to f(49). */
export const numbered = <A>(count: number, of: (index: number) => A): ReadonlyArray<A> =>
  Array.from({ length: count }, (_, index) => of(index))

export const pick = <A>(from: readonly [A, ...ReadonlyArray<A>], index: number): A =>
  from[index % from.length] ?? from[0]

export const two = (part: number) => String(part).padStart(2, "0")
