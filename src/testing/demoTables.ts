import { demoTables as tablesOf } from "../data/demo.ts"
import type { Tables } from "../metrics/crm.ts"

/** The rows cover two years. With `now`, equal options give equal rows. */
export const demoTables = (options: {
  readonly leads?: number
  readonly seed?: number
  readonly now?: Date
} = {}): Tables => {
  const { leads = 500, now = new Date(), seed = 1 } = options
  return tablesOf({ leads, seed, now: now.getTime() })
}
