/** Always the same numbers for the same seed. */
export interface Chance {
  /** From 0 up to, but without, `end`. */
  readonly below: (end: number) => number
  readonly oneOf: <A>(values: ReadonlyArray<A>) => A | undefined
  readonly isOneIn: (times: number) => boolean
}

export const chanceFrom = (seed: number): Chance => {
  let state = seed >>> 0
  const below = (end: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end)
  }
  return { below, oneOf: (values) => values[below(values.length)], isOneIn: (times) => below(times) === 0 }
}
