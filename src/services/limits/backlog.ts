import { Duration } from "effect"
import { boundedCache } from "../../domain/boundedCache.ts"

/** While fewer runs than this are in progress, `isTooLong` is false. */
const minRuns = 4

/** After this many widgets, the counters of the pace are halved, so older widgets count less. */
const remembered = 128

/** While the pace is unknown, new runs are refused above this many widgets in progress. */
const maxUnknown = 256

const maxPaces = 2_000

/** The pace is measured only while `minRuns` or more runs are in progress. Fewer may not use all connections. */
interface Pace {
  endedWidgets: number
  spentNanos: bigint
}

interface Work {
  runs: number
  pending: number
  /** The latest time at which the number of runs reached `minRuns`. */
  crowdedAt: bigint
  /** `since` is when the latest widget ended. If no widget has ended, it is when the first run began. */
  since: bigint
  readonly pace: Pace
}

const addTo = (pace: Pace, nanos: bigint) => {
  if (pace.endedWidgets === remembered) {
    pace.endedWidgets /= 2
    pace.spentNanos /= 2n
  }
  pace.endedWidgets += 1
  pace.spentNanos += nanos
}

/**
 * All times here are monotonic, in nanoseconds. For the first `2 × max`, the pending widgets may take as long as `max`,
 * so a burst is accepted. Later they may take only a quarter of `max`, because a longer queue computes nothing faster.
 */
export const makeBacklog = (max: Duration.Duration) => {
  const maxNanos = Duration.toNanosUnsafe(max)
  const burstNanos = maxNanos * 2n
  const works = new Map<string, Work>()
  /** `crowded` is the number of organizations for which `isTooLong` can be true. */
  let crowded = 0
  const paces = boundedCache<string, Pace>(maxPaces)
  const paceOf = (organizationId: string) =>
    paces.get(organizationId) ?? paces.set(organizationId, { endedWidgets: 0, spentNanos: 0n })

  const isTooLong = (organizationId: string, now: bigint): boolean => {
    const work = works.get(organizationId)
    if (work === undefined || work.runs < minRuns) return false
    if (now - work.since > maxNanos) return true
    const { endedWidgets, spentNanos } = work.pace
    if (endedWidgets === 0) return work.pending > maxUnknown
    const limit = now - work.crowdedAt > burstNanos ? maxNanos / 4n : maxNanos
    return BigInt(work.pending) * spentNanos > limit * BigInt(endedWidgets)
  }

  const begin = (organizationId: string, widgets: number, now: bigint) => {
    const work = works.get(organizationId) ??
      { runs: 0, pending: 0, crowdedAt: now, since: now, pace: paceOf(organizationId) }
    works.set(organizationId, work)
    const { pace } = work
    work.runs += 1
    if (work.runs === minRuns) {
      crowded += 1
      work.crowdedAt = now
    }
    work.pending += widgets
    let left = widgets
    const endWidget = (at: bigint) => {
      // A run whose scope has changed computes its widgets again, so it ends more widgets than it began.
      if (left > 0) work.pending -= 1
      left = Math.max(0, left - 1)
      if (work.runs >= minRuns) addTo(pace, at - work.since)
      work.since = at
    }
    const end = () => {
      if (work.runs === minRuns) crowded -= 1
      work.runs -= 1
      work.pending -= left
      if (work.runs === 0) works.delete(organizationId)
    }
    return { endWidget, end }
  }
  const pending = () => [...works.values()].reduce((sum, work) => sum + work.pending, 0)
  return { isTooLong, isAnyCrowded: () => crowded > 0, begin, pending, size: () => works.size }
}
