/** Whole cents, seconds, milliseconds or counts, not yet divided or rounded. */
export interface AggregateRow {
  /** The number of boundaries at or before the row's time. */
  readonly bucket: number
  readonly group: string | null
  readonly label: string | null
  readonly currency: string | null
  readonly numerator: bigint
  /** 0 if the measure does not divide. */
  readonly denominator: bigint
  /** Votes for the dominant currency and their cents. A row votes in one group only. */
  readonly currencyRows: bigint
  readonly currencyTotal: bigint
}

export type Amounts = Pick<AggregateRow, "numerator" | "denominator">

export const noAmounts: Amounts = { numerator: 0n, denominator: 0n }
