/** One test file runs in a copy of the project, with or without a fault. */
export interface Trial {
  readonly test: string
  /** The number of random stores in a proof. */
  readonly stores: number
  /** The seed of the first random store. */
  readonly seed: number
  readonly fault?: { readonly file: string; readonly find: string; readonly replace: string }
}

export interface Outcome {
  readonly hasLoaded: boolean
  /** The first line of each failure. */
  readonly messages: ReadonlyArray<string>
  /** The tests did not stop after a false claim, so their process is of no further use. */
  readonly hangs?: boolean
}

export const isClaim = (message: string) => /^(AssertionError|Broken)\b/.test(message)
