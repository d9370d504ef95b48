import { random } from "../../../src/data/Random.ts"

/** Equal seeds give equal numbers. */
export interface Chance {
  /** The result is at least 0 and below `end`. */
  readonly below: (end: number) => number
  readonly oneOf: <A>(values: ReadonlyArray<A>) => A | undefined
  readonly isOneIn: (times: number) => boolean
}

export const chanceFrom = (seed: number): Chance => {
  const { integer } = random(seed)
  const below = (end: number) => integer(0, end - 1)
  return { below, oneOf: (values) => values[below(values.length)], isOneIn: (times) => below(times) === 0 }
}
