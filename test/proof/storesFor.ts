/** How many random stores a proof covers: `PROOF_STORES` says a number or `full`. */
export const storesFor = ({ full, quick }: { readonly full: number; readonly quick: number }) => {
  const given = process.env["PROOF_STORES"]
  if (given === undefined) return quick
  return given === "full" ? full : Number(given)
}
