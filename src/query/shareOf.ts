import { divide } from "./divide.ts"

/** Percentages are in ten-thousandths of a percent. */
const wholePercent = 1_000_000n

interface Terms {
  readonly mode: string | null
  readonly percent: bigint | null
  readonly amount: bigint | null
}

export const shareOf = (whole: bigint, { amount, mode, percent }: Terms): bigint => {
  const share = divide(whole * (percent ?? 0n), wholePercent)
  if (mode === "percent") return share
  if (mode === "fixed") return amount ?? 0n
  return amount ?? share
}
