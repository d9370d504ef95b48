import { numberFormat } from "../../presentation/numberFormat.ts"
import type { MetricRecord, RecordColumn, RecordsResponse } from "../api/wire.ts"
import { locale, localization, t } from "../shell/messages.ts"

export interface ShownColumn {
  readonly key: string
  readonly label: string
  readonly isNumber: boolean
  readonly textOf: (record: MetricRecord) => string
}

type Meta = RecordsResponse["meta"]

const missing = "–"

const timeOf = ({ window }: Meta, more: Intl.DateTimeFormatOptions = {}) => {
  const format = new Intl.DateTimeFormat(locale(), {
    dateStyle: "medium",
    ...more,
    ...(window !== undefined && { timeZone: window.timeZone })
  })
  return (instant: string) => format.format(new Date(instant))
}

const moneyOf = (amount: string, { fields }: MetricRecord): string => {
  const currency = fields["currency"]?.text
  return numberFormat({ unit: "money", ...(typeof currency === "string" && { currency }) }, localization()).full(
    Number(amount)
  )
}

const writerOf = ({ key, kind }: RecordColumn, time: (instant: string) => string) => (record: MetricRecord): string => {
  const text = record.fields[key]?.text ?? null
  if (text === null) return missing
  if (kind === "time") return time(text)
  return kind === "money" ? moneyOf(text, record) : text
}

const isNumber = ({ kind }: RecordColumn): boolean => kind === "money" || kind === "percent" || kind === "number"

const weightColumn = ({ meta, results }: RecordsResponse): ReadonlyArray<ShownColumn> => {
  const { full } = numberFormat(meta, localization())
  const column = { key: "~weight", isNumber: true }
  if (meta.unit === "percent") {
    return [{ ...column, label: t.counts(), textOf: ({ weight }) => Number(weight.n) > 0 ? t.yes() : t.no() }]
  }
  if (results.some(({ value }) => value !== undefined)) {
    return meta.unit === "money" ? [] : [{ ...column, label: t.value(), textOf: ({ value }) => full(value ?? null) }]
  }
  return results.some(({ weight }) => weight.n !== "1")
    ? [{ ...column, label: t.counts(), textOf: ({ weight }) => `× ${weight.n}` }]
    : []
}

export const shownColumns = (
  response: RecordsResponse,
  all: ReadonlyArray<MetricRecord>
): ReadonlyArray<ShownColumn> => {
  const time = timeOf(response.meta, { timeStyle: "short" })
  const day = timeOf(response.meta)
  const filled = response.columns.filter(({ key }) =>
    key !== "currency" && all.some(({ fields }) => (fields[key]?.text ?? null) !== null)
  )
  const counted = filled.find(({ key, kind }) =>
    kind === "time" && all.every(({ at, fields }) => fields[key]?.text === at)
  )
  const others = filled.filter((column) => column !== counted)
  const when: ShownColumn = {
    key: "~at",
    label: counted === undefined ? t.when() : localization().t.recordColumn(counted),
    isNumber: false,
    textOf: ({ at }) => time(at)
  }
  return [
    when,
    ...others.map((column) => ({
      key: column.key,
      label: localization().t.recordColumn(column),
      isNumber: isNumber(column),
      textOf: writerOf(column, day)
    })),
    ...weightColumn({ ...response, results: all })
  ]
}
