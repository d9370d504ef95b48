/** Whole cents, seconds, milliseconds or counts, unrounded. */
export interface AggregateRow {
  /** Boundaries at or before the row's time. */
  readonly bucket: number
  readonly group: string | null
  readonly label: string | null
  readonly currency: string | null
  readonly numerator: bigint
  /** 0 if the measure does not divide. */
  readonly denominator: bigint
  /** Votes for the dominant currency; a row votes in one group. */
  readonly currencyRows: bigint
  readonly currencyTotal: bigint
}

export type Amounts = Pick<AggregateRow, "numerator" | "denominator">

export const noAmounts: Amounts = { numerator: 0n, denominator: 0n }
