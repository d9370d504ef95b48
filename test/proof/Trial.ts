/** A trial runs one test file in a copy of the project, with or without a fault. */
export interface Trial {
  readonly test: string
  /** A proof covers this number of random stores. */
  readonly stores: number
  /** The first random store has this seed. */
  readonly seed: number
  readonly fault?: { readonly file: string; readonly find: string; readonly replace: string }
}

export interface Outcome {
  readonly hasLoaded: boolean
  /** Each message is the first line of a failure. */
  readonly messages: ReadonlyArray<string>
  /** Is true if tests kept running after an assertion had failed. Their process cannot run further trials. */
  readonly hangs?: boolean
}

export const isClaim = (message: string) => /^(AssertionError|Broken)\b/.test(message)
