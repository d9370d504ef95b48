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

export const filtersOf = (metric: Metric, given: unknown): Filters => {
  const named = given ?? {}
  if (!Predicate.isReadonlyObject(named) || Array.isArray(named)) return { applied: [], ignored: [], invalid: true }
  const applied: Array<Filter> = []
  const ignored: Array<string> = []
  for (const [key, value] of Object.entries(named)) {
    if (value === null || (Array.isArray(value) && value.length === 0)) continue
    const field = metric.filters !== undefined && Object.hasOwn(metric.filters, key) ? metric.filters[key] : undefined
    if (field === undefined) {
      if (isStorable(key)) ignored.push(key)
      continue
    }
    const list: ReadonlyArray<unknown> = Array.isArray(value) ? value : [value]
    applied.push({ key, field, values: valuesOf(field, list), orNone: field.kind === "text" && list.includes(none) })
  }
  return { applied: applied.sort((a, b) => a.key < b.key ? -1 : 1), ignored: ignored.sort() }
}

const byContent = (a: Filter, b: Filter): number =>
  a.key === b.key ? (a.values.join() < b.values.join() ? -1 : 1) : a.key < b.key ? -1 : 1

/** A row has several tags, so two filters by tag are one filter only if one of them has all values of the other. */
const intersectionOf = (one: Filter, other: Filter): ReadonlyArray<Filter> => {
  const others = new Set(other.values)
  const values = one.values.filter((value) => others.has(value))
  const isOne = one.field.kind === "text" || values.length === Math.min(one.values.length, others.size)
  return isOne ? [{ ...one, values, orNone: one.orNone && other.orNone }] : [one, other]
}

/** Both filters hold. */
export const bothOf = (one: Filters, other: Filters): Filters => {
  const rest = new Map(other.applied.map((filter) => [filter.key, filter]))
  const applied = one.applied.flatMap((filter) => {
    const same = rest.get(filter.key)
    rest.delete(filter.key)
    return same === undefined ? [filter] : intersectionOf(filter, same)
  })
  return {
    applied: [...applied, ...rest.values()].sort(byContent),
    ignored: [...new Set([...one.ignored, ...other.ignored])].sort(),
    ...((one.invalid === true || other.invalid === true) && { invalid: true as const })
  }
}

interface AppliedValues {
  readonly [key: string]: ReadonlyArray<string>
}

const valuesIn = (applied: ReadonlyArray<Filter>): AppliedValues =>
  Object.fromEntries(applied.map(({ key, orNone, values }) => [key, orNone ? [...values, none] : values]))

/** Equal filters have equal values, in the same order. `also` has the second filters of keys that have two filters. */
export const appliedValues = (
  { applied }: Filters
): { readonly applied: AppliedValues; readonly also?: AppliedValues } => {
  const isSecond = ({ key }: Filter, index: number) => applied[index - 1]?.key === key
  const second = applied.filter(isSecond)
  const first = valuesIn(applied.filter((filter, index) => !isSecond(filter, index)))
  return { applied: first, ...(second.length > 0 && { also: valuesIn(second) }) }
}
