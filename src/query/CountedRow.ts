import type { Amounts } from "./AggregateRow.ts"
import type { Position } from "./Point.ts"

/** Instants are epoch milliseconds, money is cents, percentages are ten-thousandths, all as text. */
export type StoredCell = string | null | ReadonlyArray<string>

/** A counted row with its share of the number. */
export interface CountedRow extends Position, Amounts {
  /** Id of the object that the CRM shows. */
  readonly subject: string
  /** Values in the order of the record type's columns. */
  readonly cells: ReadonlyArray<StoredCell>
  /** Names of the tags among the cells. */
  readonly labels: { readonly [id: string]: string }
}

/** Totals of a point, over all pages. */
export interface Totals extends Amounts {
  readonly rows: number
}

export interface CountedPage {
  readonly rows: ReadonlyArray<CountedRow>
  readonly totals: Totals
}

/** Escapes the separator, so that no two keys make the same id. */
export const idPart = (text: string): string => text.replaceAll("~", "~0").replaceAll("/", "~1")
