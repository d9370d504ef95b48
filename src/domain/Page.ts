import { Schema } from "effect"

const wholeNumber = (maximum: number) =>
  Schema.FiniteFromString.pipe(Schema.decodeTo(Schema.Finite.check(Schema.makeFilter(
    (value: number) =>
      (Number.isInteger(value) && value >= 1 && value <= maximum) || `must be a whole number from 1 to ${maximum}`,
    { toJsonSchema: () => ({ type: "integer", minimum: 1, maximum }) }
  ))))

export const PageQuery = {
  page: Schema.optionalKey(wholeNumber(1_000_000)),
  limit: Schema.optionalKey(wholeNumber(100))
}

export interface Page {
  readonly limit: number
  readonly offset: number
}

export const pageOf = ({ limit = 20, page = 1 }: { readonly limit?: number; readonly page?: number }): Page => ({
  limit,
  offset: (page - 1) * limit
})

/** One page of a list, and how many there are on all pages. */
export interface Listed<A> {
  readonly results: ReadonlyArray<A>
  readonly total: number
}

export const listOf = <S extends Schema.Constraint>(item: S) =>
  Schema.Struct({ results: Schema.Array(item), total: Schema.Int })
