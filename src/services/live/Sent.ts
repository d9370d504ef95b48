import type { MetricSeries } from "../../domain/Series.ts"
import { sha256 } from "../../domain/sha256.ts"

/** Leaves out times that change with each run. */
const contentOf = ({ meta: { asOf, previousWindow: _cutToNow, ...meta }, ...series }: MetricSeries) =>
  JSON.stringify({ ...series, meta }, (_key, value: unknown) => value === asOf ? "asOf" : value)

export const makeSent = () => {
  const digests = new Map<string, string>()
  return {
    /** Forgets the widgets that the run does not have. */
    keepOnly: (run: ReadonlyArray<MetricSeries>): void => {
      const ids = new Set(run.map(({ instanceId }) => instanceId))
      for (const id of digests.keys()) {
        if (!ids.has(id)) digests.delete(id)
      }
    },
    isNew: (series: MetricSeries): boolean => {
      const digest = sha256(contentOf(series), "base64url")
      const isSame = digests.get(series.instanceId) === digest
      digests.set(series.instanceId, digest)
      return !isSame
    }
  }
}
