import { demoTables as tablesOf } from "../data/demo.ts"
import type { Tables } from "../metrics/crm.ts"

/** The two demo organizations with two years of rows; the same options make the same rows. */
export const demoTables = (options: {
  readonly leads?: number
  readonly seed?: number
  /** Until when the rows go; now, where left out. */
  readonly now?: Date
} = {}): Tables => {
  const { leads = 500, now = new Date(), seed = 1 } = options
  return tablesOf({ leads, seed, now: now.getTime() })
}
