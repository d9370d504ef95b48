import { Predicate } from "effect"
import { isUuid } from "../domain/Ids.ts"
import { none } from "../domain/reservedKeys.ts"
import { isStorable } from "../domain/Text.ts"
import type { Metric } from "../metrics/Metric.ts"
import type { Field } from "../metrics/Table.ts"

export interface Filter {
  readonly key: string
  readonly field: Field<"text"> | Field<"uuids">
  readonly values: ReadonlyArray<string>
  readonly orNone: boolean
}

export interface Filters {
  readonly applied: ReadonlyArray<Filter>
  readonly ignored: ReadonlyArray<string>
  /** True if the filters are not an object. The widget then counts nothing. */
  readonly invalid?: true
}

const valuesOf = (field: Filter["field"], given: ReadonlyArray<unknown>): ReadonlyArray<string> => {
  const texts = given.filter((value) => typeof value === "string").filter(isStorable)
  const valid = field.kind === "uuids"
    ? texts.filter(isUuid).map((text) => text.toLowerCase())
    : texts.filter((text) => text !== none)
  return [...new Set(valid)].sort()
}

export const filtersOf = (metric: Metric, given: unknown = {}): Filters => {
  if (!Predicate.isReadonlyObject(given) || Array.isArray(given)) return { applied: [], ignored: [], invalid: true }
  const applied: Array<Filter> = []
  const ignored: Array<string> = []
  for (const [key, value] of Object.entries(given)) {
    if (value === null || (Array.isArray(value) && value.length === 0)) continue
    const field = metric.filters !== undefined && Object.hasOwn(metric.filters, key) ? metric.filters[key] : undefined
    if (field === undefined) {
      ignored.push(key)
      continue
    }
    const list: ReadonlyArray<unknown> = Array.isArray(value) ? value : [value]
    applied.push({ key, field, values: valuesOf(field, list), orNone: field.kind === "text" && list.includes(none) })
  }
  return { applied: applied.sort((a, b) => a.key < b.key ? -1 : 1), ignored: ignored.sort() }
}

/** Equal filters have equal values, in the same order. */
export const appliedValues = ({ applied }: Filters): { readonly [key: string]: ReadonlyArray<string> } =>
  Object.fromEntries(applied.map(({ key, orNone, values }) => [key, orNone ? [...values, none] : values]))
