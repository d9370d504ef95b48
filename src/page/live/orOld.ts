import type { MetricSeries } from "../api/wire.ts"

/** These faults may be over at the next count. */
const passing = new Set<string>(["timeout", "unavailable"])

/** The role or the team of the reader may have changed since the last count. */
const isInScope = ({ meta: { scope: before } }: MetricSeries, { meta: { scope: now } }: MetricSeries) =>
  before.kind === now.kind && before.members === now.members && before.nobody === now.nobody

/** If a card cannot be counted now, its numbers from before stay, and are marked as old. */
export const orOld = (before: MetricSeries | undefined, now: MetricSeries): MetricSeries =>
  before !== undefined && before.error === undefined && now.error !== undefined && passing.has(now.error.code) &&
    isInScope(before, now)
    ? { ...before, isOld: true }
    : now
