import { fieldText } from "../../presentation/inLanguage.ts"
import { columnFormat, numberFormat } from "../../presentation/numberFormat.ts"
import type { CatalogEntry, MetricRecord, RecordColumn, RecordsResponse } from "../api/wire.ts"
import { locale, localization, t, zoneOr } from "../shell/messages.ts"
import type { Sortable } from "../shell/sorting.ts"

export interface ShownColumn {
  readonly key: string
  readonly label: string
  readonly isNumber: boolean
  readonly textOf: (record: MetricRecord) => string
  readonly valueOf: (record: MetricRecord) => Sortable
}

type Meta = RecordsResponse["meta"]
type Metrics = ReadonlyMap<string, Pick<CatalogEntry, "dimensions" | "id">>

const missing = "–"

const timeOf = ({ window }: Meta, more: Intl.DateTimeFormatOptions = {}) => {
  const format = new Intl.DateTimeFormat(locale(), {
    dateStyle: "medium",
    ...more,
    timeZone: zoneOr(window?.timeZone)
  })
  return (instant: string) => format.format(new Date(instant))
}

/** All amounts of a column have cents if one of them has. */
const moneyIn = (key: string, all: ReadonlyArray<MetricRecord>) => {
  const withCents = all.map(({ fields }) => Number(fields[key]?.text ?? 0)).find((amount) => !Number.isInteger(amount))
  return (amount: string, { fields }: MetricRecord): string => {
    const currency = fields["currency"]?.text
    const meta = { unit: "money", ...(typeof currency === "string" && { currency }) } as const
    return columnFormat(meta, [withCents ?? null], localization())(Number(amount))
  }
}

/** The labels of the known values in the catalog, such as that of `status.won`. */
const labelsIn = (metrics: Metrics): ReadonlyMap<string, string> =>
  new Map(
    [...metrics.values()].flatMap(({ dimensions, id }) =>
      // The first step of the funnel has the name of another status.
      id === "leads.funnel"
        ? []
        : dimensions.flatMap(({ key, values }) => values.map(({ label, value }) => [`${key}.${value}`, label] as const))
    )
  )

const writerOf = (
  { key, kind }: RecordColumn,
  all: ReadonlyArray<MetricRecord>,
  time: (instant: string) => string,
  labels: ReadonlyMap<string, string>
) => {
  const language = localization()
  const money = moneyIn(key, kind === "money" ? all : [])
  return (record: MetricRecord): string => {
    const field = record.fields[key]
    const text = field === undefined ? null : fieldText(field, key, (value) => labels.get(value), language)
    if (text === null) return missing
    if (kind === "time") return time(text)
    return kind === "money" ? money(text, record) : text
  }
}

/** Texts are sorted as they are written. */
const valueOf = (column: RecordColumn, write: (record: MetricRecord) => string) => (record: MetricRecord): Sortable => {
  const text = record.fields[column.key]?.text ?? null
  if (text === null) return null
  if (column.kind === "time") return Date.parse(text)
  return isNumber(column) ? Number(text) : write(record)
}

const isNumber = ({ kind }: RecordColumn): boolean => kind === "money" || kind === "percent" || kind === "number"

const weightColumn = ({ meta, results }: RecordsResponse): ReadonlyArray<ShownColumn> => {
  const { full } = numberFormat(meta, localization())
  const column = { key: "~weight", isNumber: true, valueOf: ({ weight }: MetricRecord) => Number(weight.n) }
  if (meta.unit === "percent") {
    return [{ ...column, label: t.counts(), textOf: ({ weight }) => Number(weight.n) > 0 ? t.yes() : t.no() }]
  }
  if (results.some(({ value }) => value !== undefined)) {
    return meta.unit === "money" ? [] : [{
      ...column,
      label: t.value(),
      textOf: ({ value }) => full(value ?? null),
      valueOf: ({ value = null }) => value
    }]
  }
  return results.some(({ weight }) => weight.n !== "1")
    ? [{ ...column, label: t.counts(), textOf: ({ weight }) => `× ${weight.n}` }]
    : []
}

/** After the id and the time comes what the number counts, such as the price behind a value. */
export const shownColumns = (
  response: RecordsResponse,
  all: ReadonlyArray<MetricRecord>,
  metrics: Metrics
): ReadonlyArray<ShownColumn> => {
  const labels = labelsIn(metrics)
  const time = timeOf(response.meta, { timeStyle: "short" })
  const day = timeOf(response.meta)
  const filled = response.columns.filter(({ key }) =>
    key !== "currency" && all.some(({ fields }) => (fields[key]?.text ?? null) !== null)
  )
  const counted = filled.find(({ key, kind }) =>
    kind === "time" && all.every(({ at, fields }) => fields[key]?.text === at)
  )
  const others = filled.filter((column) => column !== counted)
  const isMeasured = ({ kind }: RecordColumn) => response.meta.unit === "money" && kind === "money"
  const shown = (column: RecordColumn): ShownColumn => {
    const write = writerOf(column, all, day, labels)
    return {
      key: column.key,
      label: localization().t.recordColumn(column),
      isNumber: isNumber(column),
      textOf: write,
      valueOf: valueOf(column, write)
    }
  }
  const when: ShownColumn = {
    key: "~at",
    label: counted === undefined ? t.when() : localization().t.recordColumn(counted),
    isNumber: false,
    textOf: ({ at }) => time(at),
    valueOf: ({ at }) => Date.parse(at)
  }
  return [
    when,
    ...others.filter(isMeasured).map(shown),
    ...weightColumn({ ...response, results: all }),
    ...others.filter((column) => !isMeasured(column)).map(shown)
  ]
}
