/** The state is a 32-bit integer, so every machine generates the same numbers. */
export interface Random {
  readonly fraction: () => number
  readonly integer: (from: number, to: number) => number
  readonly chance: (share: number) => boolean
  readonly pick: <A>(values: readonly [A, ...ReadonlyArray<A>]) => A
  readonly weighted: <A>(weights: readonly [readonly [A, number], ...ReadonlyArray<readonly [A, number]>]) => A
  readonly shuffled: <A>(values: ReadonlyArray<A>) => ReadonlyArray<A>
}

const scrambled = (state: number): number => {
  const first = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
  const second = Math.imul(first ^ (first >>> 15), 0x735a2d97)
  return (second ^ (second >>> 15)) >>> 0
}

export const seedOf = (...parts: ReadonlyArray<number>): number =>
  parts.reduce((seed, part) => scrambled(Math.imul(seed, 31) + part + 0x9e3779b9), 0)

export const random = (seed: number): Random => {
  let state = seed | 0
  const fraction = () => {
    state = (state + 0x9e3779b9) | 0
    return scrambled(state) / 4_294_967_296
  }
  const integer = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1))
  return {
    fraction,
    integer,
    chance: (share) => fraction() < share,
    pick: (values) => values[integer(0, values.length - 1)] ?? values[0],
    weighted: (weights) => {
      let left = fraction() * weights.reduce((total, [, weight]) => total + weight, 0)
      for (const [value, weight] of weights) {
        left -= weight
        if (left < 0) return value
      }
      return weights[0][0]
    },
    shuffled: (values) => {
      const order = values.map((value) => [fraction(), value] as const)
      return order.sort(([a], [b]) => a - b).map(([, value]) => value)
    }
  }
}
