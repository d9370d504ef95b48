import type { Plan } from "./Plan.ts"

/** A spell counts if it begins before `countedTo` and ends after `from`. Its time after `end` is left out. */
export const stayWindow = ({ asOf, window }: Plan) => ({
  from: window?.from ?? null,
  countedTo: window?.countedTo ?? asOf + 1,
  end: Math.min(asOf, window?.to ?? asOf)
})
