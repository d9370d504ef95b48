import type { MetricSeries } from "../api/wire.ts"

/** These faults may be over at the next count. */
const passing = new Set<string>(["timeout", "unavailable"])

/** If a card cannot be counted now, its numbers from before stay, and are marked as old. */
export const orOld = (before: MetricSeries | undefined, now: MetricSeries): MetricSeries =>
  before !== undefined && before.error === undefined && now.error !== undefined && passing.has(now.error.code)
    ? { ...before, isOld: true }
    : now
