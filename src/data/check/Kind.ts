import { counted } from "../../domain/counted.ts"

/** A kind of fault in the rows of a table. */
export interface Kind {
  readonly kind: string
  /** A condition on a row `t` of the organization `$1`, in SQL. */
  readonly where: string
  /** The SQL expression of the example that the sentence shows. */
  readonly value?: string
  readonly sentence: (count: number, value: string) => string
  readonly remedy: string
}

export interface Finding {
  readonly kind: string
  readonly organizationId: string | null
  readonly table: string
  readonly count: number
  /** The id of a row that has the fault. */
  readonly example: string | null
  readonly sentence: string
  readonly remedy: string
}

/** The condition of statements that read the rows `t` of all organizations, or of one: `$1` is its id or null. */
export const isAsked = "($1::text IS NULL OR t.organization_id = $1)"

/** `rows(1, ["has", "have"])` is `1 row has`. */
/** With its article: "an outcome", "a status". */
export const withArticle = (column: string) => `${/^[aeiou]/.test(column) ? "an" : "a"} ${column}`

export const rows = (count: number, verb: readonly [one: string, many: string]) =>
  counted(count, `row ${verb[0]}`, `rows ${verb[1]}`)

export const them = (count: number) => count === 1 ? "it" : "them"

export const quoted = (value: string) => JSON.stringify(value)
