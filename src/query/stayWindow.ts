import type { Plan } from "./Plan.ts"

/** Spells that begin before `countedTo` and end after `from` are counted, and last until `end` at most. */
export const stayWindow = ({ asOf, window }: Plan) => ({
  from: window?.from ?? null,
  countedTo: window?.countedTo ?? asOf + 1,
  end: Math.min(asOf, window?.to ?? asOf)
})
