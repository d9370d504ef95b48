import { Schema } from "effect"

export const wholeNumber = (
  maximum: number,
  minimum = 1,
  documented: { readonly default?: number; readonly description?: string } = {}
) => {
  const expected = `must be a whole number from ${minimum} to ${maximum}`
  const isOne = (text: string) => /^\d+$/.test(text) && Number(text) >= minimum && Number(text) <= maximum
  return Schema.String.check(
    Schema.makeFilter((text: string) => isOne(text) || expected, {
      toJsonSchema: () => ({ type: "integer", minimum, maximum, ...documented })
    })
  ).pipe(Schema.decodeTo(Schema.FiniteFromString))
}

export const PageQuery = {
  page: Schema.optionalKey(
    wholeNumber(1_000_000, 1, { default: 1, description: "Page number; the first page is 1." })
  ),
  limit: Schema.optionalKey(wholeNumber(100, 1, { default: 20, description: "Page size." }))
}

export interface Page {
  readonly limit: number
  readonly offset: number
}

export const pageOf = ({ limit = 20, page = 1 }: { readonly limit?: number; readonly page?: number }): Page => ({
  limit,
  offset: (page - 1) * limit
})

export interface Listed<A> {
  readonly results: ReadonlyArray<A>
  readonly total: number
}

export const listOf = <S extends Schema.Constraint>(item: S) =>
  Schema.Struct({ results: Schema.Array(item), total: Schema.Int })
