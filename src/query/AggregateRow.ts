/**
 * One line of what a source counted: exact whole numbers (counts, cents, seconds or milliseconds), divided and rounded
 * only when it is shaped.
 */
export interface Tally {
  /** Place in the plan's edges: 1 is from the first edge on, 0 is before it. */
  readonly bucket: number
  readonly group: string | null
  /** The group's name, where a table of the CRM names it. */
  readonly label: string | null
  readonly currency: string | null
  readonly n: bigint
  /** What `n` is divided by; 0 where it is not. */
  readonly d: bigint
  /** Deals and the cents of their price, each deal in one line only: what chooses the currency. */
  readonly deals: bigint
  readonly price: bigint
}

/** What is added up and divided to make a value. */
export type Amounts = Pick<Tally, "n" | "d">

export const noAmounts: Amounts = { n: 0n, d: 0n }
