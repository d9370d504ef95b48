import type { Field, Kind } from "./Table.ts"

/** A comparison with null is false. */
export type Predicate =
  | { readonly _tag: "IsAnyOf"; readonly field: Field<"text">; readonly values: ReadonlyArray<string> }
  | { readonly _tag: "Missing"; readonly field: Field }
  | { readonly _tag: "Past"; readonly field: Field<"instant"> }
  | { readonly _tag: "Not"; readonly of: Predicate }
  | { readonly _tag: "All"; readonly of: ReadonlyArray<Predicate> }

export const isAnyOf = <Value extends string>(
  field: Field<"text", boolean, Value>,
  values: ReadonlyArray<NoInfer<Value>>
): Predicate => ({ _tag: "IsAnyOf", field, values })
export const is = <Value extends string>(field: Field<"text", boolean, Value>, value: NoInfer<Value>): Predicate =>
  isAnyOf(field, [value])
export const missing = (field: Field<Kind, true>): Predicate => ({ _tag: "Missing", field })
export const present = (field: Field<Kind, true>): Predicate => not(missing(field))
/** The predicate is true for times before the plan's `asOf`. In a metric `byDay`, it is true for days before today. */
export const past = (field: Field<"instant">): Predicate => ({ _tag: "Past", field })
export const not = (of: Predicate): Predicate => ({ _tag: "Not", of })
export const all = (...of: ReadonlyArray<Predicate>): Predicate => ({ _tag: "All", of })

interface Where {
  readonly where?: Predicate
}

/** Amounts are in cents or seconds. */
type Amount = Field<"money"> | Field<"integer">

export interface Count extends Where {
  readonly _tag: "Count"
}
export interface Sum extends Where {
  readonly _tag: "Sum"
  readonly field: Amount
}
/** Rows without a value do not count. If no row has a value, the average is null. */
export interface Average extends Where {
  readonly _tag: "Average"
  readonly field: Amount
}
/** A negative time counts as 0. A row without `start` or `end` does not count. */
export interface Elapsed extends Where {
  readonly _tag: "Elapsed"
  readonly start: Field<"instant">
  readonly end: Field<"instant">
}
/** Each amount is multiplied by the weight of its row's `by`, and rounded to the cent. Rows without a weight do not count. */
export interface Weighted {
  readonly _tag: "Weighted"
  readonly field: Field<"money">
  readonly by: Field<"text">
}
/** The ratio is null if no row is in `whole`. */
export interface Ratio {
  readonly _tag: "Ratio"
  readonly part: Count
  readonly whole: Count
}
/** `as` is the kind of measure that `query/handwritten` computes. */
export interface Handwritten {
  readonly _tag: "Handwritten"
  readonly as: "Sum" | "Average" | "Ratio"
}
export type Measure = Count | Sum | Average | Elapsed | Weighted | Ratio | Handwritten

export const count = (options: Where = {}): Count => ({ _tag: "Count", ...options })
export const sum = (field: Amount, options: Where = {}): Sum => ({ _tag: "Sum", field, ...options })
export const average = (field: Amount, options: Where = {}): Average => ({ _tag: "Average", field, ...options })
export const elapsed = (start: Field<"instant">, end: Field<"instant">, options: Where = {}): Elapsed => ({
  _tag: "Elapsed",
  start,
  end,
  ...options
})
export const weighted = (field: Field<"money">, by: Field<"text">): Weighted => ({ _tag: "Weighted", field, by })
export const ratio = (part: Count, whole: Count): Ratio => ({ _tag: "Ratio", part, whole })
export const handwritten = (as: Handwritten["as"]): Handwritten => ({ _tag: "Handwritten", as })
