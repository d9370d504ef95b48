import { useQuery } from "@tanstack/react-query"
import { useEffect, useMemo, useRef } from "react"
import { stateOf } from "../../presentation/stateOf.ts"
import { sentence } from "../api/Problem.ts"
import { useClient } from "../api/queries.ts"
import type { MetricRecord, MetricSeries, RunRequest, Timeframe } from "../api/wire.ts"
import { Boundary } from "../card/Boundary.tsx"
import { dayName } from "../card/words.ts"
import { Icon } from "../shell/Icon.tsx"
import { localization, t, zoneOr } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { newestRequests, yearUntil } from "./newestRequests.ts"

const newestName = (type: MetricRecord["type"], day: string): string => {
  const names = {
    lead: t.newestLead,
    deal: t.newestDeal,
    task: t.newestTask,
    call: t.newestCall,
    email: t.newestEmail,
    spell: t.newestSpell,
    share: t.newestShare
  }
  return names[type]({ day })
}

interface NewestOfCardProps {
  readonly run: RunRequest | undefined
  readonly series: MetricSeries | undefined
  readonly onTimeframe: (timeframe: Timeframe) => void
}

const NewestButton = ({ onTimeframe, run, series }: NewestOfCardProps) => {
  const { api } = useClient()
  const { say, warn } = useSaying()
  const asked = useRef<AbortController>(undefined)
  // An answer that arrives after a change of the view would bring the former view back.
  useEffect(() => () => asked.current?.abort(), [onTimeframe])
  const widget = run?.widgets.find(({ instanceId }) => instanceId === series?.instanceId)
  if (run === undefined || series === undefined || widget === undefined || widget.timeframe !== undefined) return null
  const [request] = newestRequests({ ...run, widgets: [widget] }, new Map([[series.instanceId, series]]))
  if (request === undefined || stateOf(series, localization()).kind !== "empty") return null
  const zone = zoneOr(run.timeframe?.timeZone)
  const show = async () => {
    asked.current?.abort()
    const { signal } = asked.current = new AbortController()
    try {
      const [newest] = (await api.records(request, signal)).results
      if (signal.aborted) return
      if (newest === undefined) return say(t.noNewest())
      say(newestName(newest.type, dayName(newest.at, zone)))
      onTimeframe(yearUntil(Date.parse(newest.at), zone))
    } catch (error) {
      if (!signal.aborted) warn(sentence(error))
    }
  }
  return <button type="button" className="quiet card-newest" onClick={show}>{t.newestOf()}</button>
}

/**
 * In an empty card of the report's timeframe, shows the year until its newest record. A series that this page cannot read
 * has no such button.
 */
export const NewestOfCard = (props: NewestOfCardProps) => (
  <Boundary of={props.series} fallback={null}>
    <NewestButton {...props} />
  </Boundary>
)

/** The newest record of each type. */
const newestOf = (records: ReadonlyArray<MetricRecord>) => {
  const ascending = records.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return [...new Map(ascending.map((record) => [record.type, record])).values()]
}

interface NewestRecordsProps {
  readonly run: RunRequest
  readonly series: ReadonlyMap<string, MetricSeries>
  readonly onTimeframe: (timeframe: Timeframe) => void
}

/** If all records are older than the timeframe, says when the newest ones are from, and offers the year until then. */
export const NewestRecords = ({ onTimeframe, run, series }: NewestRecordsProps) => {
  const { api } = useClient()
  const requests = useMemo(() => newestRequests(run, series), [run, series])
  const { data = [] } = useQuery({
    queryKey: ["newest", requests],
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(requests.map((request) => api.records(request, signal)))
      return newestOf(answers.flatMap(({ results }) => results))
    },
    enabled: requests.length > 0
  })
  if (requests.length === 0 || data.length === 0) return null
  const zone = zoneOr(run.timeframe?.timeZone)
  const last = Math.max(...data.map(({ at }) => Date.parse(at)))
  return (
    <section className="banner draft" aria-label={t.newestRecords()}>
      <Icon name="info" />
      <div>
        <strong>{t.nothingCounted()}</strong>
        <p>
          {data.map(({ at, type }) => newestName(type, dayName(at, zone))).join(" ")}
        </p>
        <p>
          <button type="button" onClick={() => onTimeframe(yearUntil(last, zone))}>{t.showYearUntil()}</button>
        </p>
      </div>
    </section>
  )
}
