import type { MetricSeries } from "../../domain/Series.ts"
import { sha256 } from "../../domain/sha256.ts"

/** The content leaves out times that change with each run. */
const contentOf = ({ meta: { asOf, previousWindow: _cutToNow, ...meta }, ...series }: MetricSeries) =>
  JSON.stringify({ ...series, meta }, (_key, value: unknown) => value === asOf ? "asOf" : value)

interface Entry {
  readonly digest: string
  readonly number: number
}

export const makeSent = () => {
  const entries = new Map<string, Entry>()
  let last = 0
  const forget = (isForgotten: (id: string, entry: Entry) => boolean): boolean => {
    const forgotten = [...entries].filter(([id, entry]) => isForgotten(id, entry))
    for (const [id] of forgotten) entries.delete(id)
    return forgotten.length > 0
  }
  return {
    last: () => last,
    keepOnly: (run: ReadonlyArray<MetricSeries>): void => {
      const ids = new Set(run.map(({ instanceId }) => instanceId))
      forget((id) => !ids.has(id))
    },
    /** Returns true if it has forgotten any series. */
    lose: (received: number): boolean => forget((_id, { number }) => number > received),
    /** Returns undefined if the client already has an equal series. */
    numberOf: (series: MetricSeries): number | undefined => {
      const digest = sha256(contentOf(series), "base64url")
      if (entries.get(series.instanceId)?.digest === digest) return undefined
      last += 1
      entries.set(series.instanceId, { digest, number: last })
      return last
    }
  }
}

export type Sent = ReturnType<typeof makeSent>
