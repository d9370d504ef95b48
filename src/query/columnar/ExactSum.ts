/** No single amount is larger: a sum that is about to be moved and one more still fit into what floats count. */
export const largest = 2 ** 50

/** What a sum may reach before it is moved to where whole numbers have no end. */
const most = 2 ** 52

/** Exact sums of whole numbers up to `largest`. */
export interface Sums {
  add(place: number, amount: number): void
  at(place: number): bigint
  /** Room for so many more. */
  grow(places: number): void
}

export const makeSums = (): Sums => {
  let used = 0
  let small = new Float64Array(0)
  const large = new Map<number, bigint>()
  const at = (place: number) => (large.get(place) ?? 0n) + BigInt(small[place] ?? 0)
  const move = (place: number) => {
    large.set(place, at(place))
    small[place] = 0
  }
  return {
    at,
    add: (place, amount) => {
      const sum = (small[place] ?? 0) + amount
      small[place] = sum
      if (sum > most || sum < -most) move(place)
    },
    grow: (places) => {
      used += places
      if (used <= small.length) return
      const wider = new Float64Array(Math.max(used, small.length * 2))
      wider.set(small)
      small = wider
    }
  }
}
