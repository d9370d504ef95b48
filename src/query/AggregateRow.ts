/** One row of a plan's result: exact whole numbers (counts, cents, seconds or milliseconds), not yet divided or rounded. */
export interface AggregateRow {
  /** The number of the plan's boundaries at or before the counted rows; 0 is before the first. */
  readonly bucket: number
  readonly group: string | null
  /** The group's name, if a CRM table names it. */
  readonly label: string | null
  readonly currency: string | null
  readonly numerator: bigint
  /** 0 if the measure does not divide. */
  readonly denominator: bigint
  /** Rows that vote for the dominant currency, and the cents of their price; each row votes in one group only. */
  readonly currencyRows: bigint
  readonly currencyTotal: bigint
}

/** The part of a row that makes a value. */
export type Amounts = Pick<AggregateRow, "numerator" | "denominator">

export const noAmounts: Amounts = { numerator: 0n, denominator: 0n }
