import type { Unit } from "./Series.ts"

/** From `compactFrom` on, a number on a card is shortened, as in 1.2M. */
interface NumberFormatOf {
  readonly decimals: number
  readonly compactFrom: number
}

const compactFrom = 1_000_000

export const numberFormats: { readonly [U in Unit]: NumberFormatOf } = {
  count: { decimals: 0, compactFrom },
  money: { decimals: 2, compactFrom },
  percent: { decimals: 1, compactFrom },
  days: { decimals: 1, compactFrom },
  minutes: { decimals: 1, compactFrom },
  seconds: { decimals: 1, compactFrom }
}

export const faultOfDecimals = (decimals: number, value: number): string | undefined => {
  if (Number(value.toFixed(decimals)) === value) return undefined
  return decimals === 0 ? "must be a whole number" : `must have at most ${decimals} decimals`
}
