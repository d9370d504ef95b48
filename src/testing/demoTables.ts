import { demoTables as tablesOf } from "../data/demo.ts"
import type { Tables } from "../metrics/crm.ts"

/** The two demo organizations with two years of rows; equal options give equal rows. */
export const demoTables = (options: {
  readonly leads?: number
  readonly seed?: number
  /** End of the rows; by default the current time. */
  readonly now?: Date
} = {}): Tables => {
  const { leads = 500, now = new Date(), seed = 1 } = options
  return tablesOf({ leads, seed, now: now.getTime() })
}
