/** Amounts are integers: counts, cents, seconds or milliseconds. */
export interface AggregateRow {
  /** The number of boundaries at or before the row's time. */
  readonly bucket: number
  readonly group: string | null
  readonly label: string | null
  readonly currency: string | null
  readonly numerator: bigint
  /** 0 if the measure does not divide. */
  readonly denominator: bigint
  /** Decides the dominant currency. A row in several groups counts only once. */
  readonly currencyRows: bigint
  readonly currencyTotal: bigint
}

export type Amounts = Pick<AggregateRow, "numerator" | "denominator">

export const noAmounts: Amounts = { numerator: 0n, denominator: 0n }
