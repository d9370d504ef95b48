import { CsvError, parse } from "csv-parse/sync"
import { Result, Schema } from "effect"
import { Currency, periodOfKey, type TargetPeriod, TargetValue } from "../../domain/Target.ts"
import type { Fault, Faults } from "./ImportRefused.ts"
import { lineCounter } from "./records.ts"

const required = ["organization_id", "metric_id", "for", "period", "value"] as const
const columns = new Set<string>([...required, "currency"])

interface Line {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

export interface ImportedTarget {
  readonly organizationId: string
  readonly metricId: string
  readonly for: string
  readonly period: TargetPeriod
  readonly currency: string | undefined
  /** The first line of the target. */
  readonly line: number
  readonly values: { [period: string]: number }
}

const delimiterOf = (text: string): string => {
  const head = text.trimStart().split("\n", 1)[0] ?? ""
  return ["\t", ";"].find((one) => head.includes(one)) ?? ","
}

export const linesIn = (path: string, text: string): Result.Result<ReadonlyArray<Line>, Fault> => {
  const { lines, onRecord } = lineCounter()
  return Result.try({
    try: (): ReadonlyArray<ReadonlyArray<string>> =>
      parse(text, {
        bom: true,
        delimiter: delimiterOf(text),
        skip_empty_lines: true,
        relax_column_count: true,
        trim: true,
        on_record: onRecord
      }),
    catch: (cause): Fault => ({
      place: path,
      reason: cause instanceof CsvError ? `this is not CSV (${cause.message})` : String(cause)
    })
  }).pipe(Result.flatMap(([header = [], ...rows]) => {
    const unknown = header.filter((name) => !columns.has(name))
    const missing = required.filter((name) => !header.includes(name))
    const place = `${path}:${lines[0] ?? 1}`
    if (unknown.length > 0) return Result.fail({ place, reason: `no column is named ${unknown.join(", ")}` })
    if (missing.length > 0) return Result.fail({ place, reason: `the column ${missing[0]} is missing` })
    const cellsOf = (row: ReadonlyArray<string>) =>
      Object.fromEntries(header.map((name, index) => [name, row[index] ?? ""]))
    return Result.succeed(rows.map((row, index) => ({ line: lines[index + 1] ?? 0, cells: cellsOf(row) })))
  }))
}

/** The page of targets reads such a number in thousands. */
const ambiguous = /^([1-9]\d{0,2})[.,](\d{3})$/
const plainNumber = /^\d+([.,]\d+)?$/
const numberOf = (text: string): number => Number(text.replace(",", "."))

const isCurrency = Schema.is(Currency)
const isValue = Schema.is(TargetValue)

/** Lines of one metric, owner and kind of period are one target, in one currency. */
export const targetsIn = (path: string, lines: ReadonlyArray<Line>, faults: Faults): ReadonlyArray<ImportedTarget> => {
  const targets = new Map<string, ImportedTarget>()
  for (const { cells, line } of lines) {
    const { currency = "", for: owner = "", metric_id = "", organization_id = "", period: key = "", value = "" } = cells
    const period = periodOfKey(key)
    const place = `${path}:${line}`
    const refuse = (kind: string, text: string, expected: string) =>
      faults.add({ place: `${place} ${kind}`, kind, reason: `${JSON.stringify(text)} is not ${expected}` })
    if (period === undefined) {
      refuse("period", key, "a month (2026-10), a quarter (2026-Q4) or a year (2026)")
      continue
    }
    if (currency !== "" && !isCurrency(currency)) {
      refuse("currency", currency, "a currency such as EUR")
      continue
    }
    if (ambiguous.test(value)) {
      const both = `${value.replace(ambiguous, "$1$2")} or ${numberOf(value)}`
      const reason = `${JSON.stringify(value)} can be ${both}: write one of these`
      faults.add({ place: `${place} value`, kind: "ambiguous", reason })
      continue
    }
    if (!plainNumber.test(value) || !isValue(numberOf(value))) {
      refuse("value", value, "a number such as 50000.00")
      continue
    }
    const id = JSON.stringify([organization_id, metric_id, owner, period])
    const target = targets.get(id) ?? {
      organizationId: organization_id,
      metricId: metric_id,
      for: owner,
      period,
      currency: currency === "" ? undefined : currency,
      line,
      values: {}
    }
    if (currency !== (target.currency ?? "")) {
      const reason = `the lines of a target have one currency, but line ${target.line} has ${target.currency ?? "none"}`
      faults.add({ place: `${place} currency`, kind: "currencies", reason })
    }
    if (key in target.values) faults.add({ place, kind: "twice", reason: `${key} comes twice` })
    target.values[key] = numberOf(value)
    targets.set(id, target)
  }
  return [...targets.values()]
}
