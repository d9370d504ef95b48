const given = process.env["PROOF_STORES"]

/** `.ci/run` checks everything, and `npm test` a selection. */
export const isFull = given === "full"

/** `PROOF_STORES` says how many random stores a proof covers: a number, or `full`. */
export const storesFor = ({ full, quick }: { readonly full: number; readonly quick: number }) => {
  if (given === undefined) return quick
  return isFull ? full : Number(given)
}
