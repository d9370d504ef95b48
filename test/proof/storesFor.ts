/** `PROOF_STORES` says how many random stores a proof covers: a number, or `full`. */
export const storesFor = ({ full, quick }: { readonly full: number; readonly quick: number }) => {
  const given = process.env["PROOF_STORES"]
  if (given === undefined) return quick
  return given === "full" ? full : Number(given)
}
