/** All amounts are integers: counts, cents, seconds, or milliseconds. */
export interface AggregateRow {
  /** The bucket of a row is the number of boundaries at or before the time of the row. */
  readonly bucket: number
  readonly group: string | null
  readonly label: string | null
  readonly currency: string | null
  readonly numerator: bigint
  /** The denominator is 0 if the metric does not divide. */
  readonly denominator: bigint
  /**
   * `currencyRows` decides the dominant currency. It counts a row once, even if the row is in several groups. For cohorts,
   * it is the number of leads, also of those without a spell.
   */
  readonly currencyRows: bigint
  readonly currencyTotal: bigint
}

export type Amounts = Pick<AggregateRow, "numerator" | "denominator">

export const noAmounts: Amounts = { numerator: 0n, denominator: 0n }
