import { memoize } from "effect/Function"
import { isoInstant } from "../../domain/Calendar.ts"
import type { Record, RecordColumn, RecordField } from "../../domain/Records.ts"
import type { Person, Scope } from "../../domain/Scope.ts"
import { valueLabel } from "../../metrics/labels.ts"
import type { Metric } from "../../metrics/Metric.ts"
import type { RecordColumn as Column, RecordType } from "../../metrics/recordTypes.ts"
import type { CountedRow, StoredCell } from "../../query/Point.ts"
import { amountText, decimalText, isMean, numberOf, valueOf } from "../../query/series/values.ts"

/** A browser would resolve `.` or `..` in a path, and open another address. */
const isAddressable = (text: string) => text !== "" && !/^\.{1,2}$/.test(text)

export const recordLink = (template: string | undefined) => (type: string, id: string): string | undefined =>
  template === undefined || !isAddressable(id)
    ? undefined
    : template.replaceAll(/\{(type|id)\}/g, (_, name) => encodeURIComponent(name === "id" ? id : type))

const kindOf = ({ field: { kind }, is }: Column): RecordColumn["kind"] => {
  switch (kind) {
    case "text":
    case "uuid":
      return is === "person" ? "person" : "text"
    case "instant":
      return "time"
    case "money":
      return "money"
    case "percent":
      return "percent"
    case "integer":
      return "number"
    case "texts":
      return is === "person" ? "people" : "text"
    case "uuids":
      return "tags"
  }
}

export const columnsOf = ({ columns }: RecordType): ReadonlyArray<RecordColumn> =>
  columns.map((column) => ({ key: column.field.name, label: column.label, kind: kindOf(column) }))

const listOf = (cell: StoredCell): ReadonlyArray<string> => {
  if (cell === null) return []
  return typeof cell === "string" ? [cell] : cell
}

const joined = (texts: ReadonlyArray<string>) => texts.length === 0 ? null : texts.join(", ")

/** A search for each id would take long in a large organization. */
const peopleById = memoize(({ people }: Scope) => new Map<string, Person>(people.map((one) => [one.userId, one])))

const peopleField = (ids: ReadonlyArray<string>, scope: Scope): RecordField => {
  const people = ids.flatMap((id) => peopleById(scope).get(id) ?? [])
  return { values: people.map(({ userId }) => userId), text: joined(people.map(({ name }) => name)) }
}

const plainText = (cell: string, column: Column): string => {
  switch (kindOf(column)) {
    case "time":
      return isoInstant(Number(cell))
    case "money":
      return decimalText(BigInt(cell), 2)
    case "percent":
      return decimalText(BigInt(cell), 4)
    case "text":
    case "number":
    case "person":
    case "people":
    case "tags":
      return cell
  }
}

const fieldOf = (cell: StoredCell, column: Column, scope: Scope, labels: CountedRow["labels"]): RecordField => {
  const stored = [...new Set(listOf(cell))]
  if (column.is === "person") return peopleField(stored, scope)
  const values = stored.map((value) => plainText(value, column))
  const labelOf = (value: string) => Object.hasOwn(labels, value) ? labels[value] ?? value : value
  const texts = values.map((value) => column.is === "word" ? valueLabel(column.field, value) : labelOf(value))
  return { values, text: joined(texts) }
}

export const recordOf =
  (metric: Metric, type: RecordType, scope: Scope, link: (type: string, id: string) => string | undefined) =>
  (row: CountedRow): Record => {
    const href = link(type.subject, row.subject)
    return {
      type: type.name,
      id: row.id,
      at: isoInstant(row.at),
      ...(href !== undefined && { link: href }),
      weight: amountText(metric, row),
      ...((metric.unit !== "count" || isMean(metric)) && { value: numberOf(metric, valueOf(metric, row)) }),
      fields: Object.fromEntries(
        type.columns.map((
          column,
          index
        ) => [column.field.name, fieldOf(row.cells[index] ?? null, column, scope, row.labels)])
      )
    }
  }
