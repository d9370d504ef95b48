import { hangLimit } from "../support/hangLimit.ts"

const given = process.env["PROOF_STORES"]
const firstSeed = Number(process.env["PROOF_SEED"] ?? 0)

/** `.ci/full` checks everything, and `npm test` a selection. */
export const isFull = given === "full"

interface Sizes {
  readonly quick: number
  readonly full: number
}

/** `PROOF_STORES` says how many random stores a proof covers: a number, or `full`. */
export const storesFor = ({ full, quick }: Sizes) => {
  if (given === undefined) return quick
  return isFull ? full : Number(given)
}

/** Each random store has a seed. `PROOF_SEED` is the first. */
export const seedsFor = (sizes: Sizes): ReadonlyArray<number> =>
  Array.from({ length: storesFor(sizes) }, (_, index) => firstSeed + index)

/** A proof may take as long in each store as another test in all. */
export const proofLimit = (seeds: ReadonlyArray<number>): number => seeds.length * hangLimit
