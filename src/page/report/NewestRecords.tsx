import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useClient, useOptions } from "../api/queries.ts"
import type { MetricRecord, MetricSeries, RunRequest, Timeframe } from "../api/wire.ts"
import { dayName } from "../card/words.ts"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { newestRequests } from "./newestRequests.ts"

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

const yearMillis = 365 * 86_400_000

const dateOf = (time: number, timeZone: string | undefined) =>
  new Intl.DateTimeFormat("sv", { ...(timeZone !== undefined && { timeZone }) }).format(time)

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
  const timeZone = useOptions()?.organization.timeZone
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
  const last = Math.max(...data.map(({ at }) => Date.parse(at)))
  return (
    <section className="banner draft" aria-label={t.newestRecords()}>
      <Icon name="info" />
      <div>
        <strong>{t.nothingCounted()}</strong>
        <p>
          {data.map(({ at, type }) => newestName(type, dayName(at, timeZone))).join(" ")}
        </p>
        <p>
          <button
            type="button"
            onClick={() =>
              onTimeframe({
                preset: "custom",
                from: dateOf(last - yearMillis, timeZone),
                to: dateOf(last, timeZone),
                bucket: "month"
              })}
          >
            {t.showYearUntil()}
          </button>
        </p>
      </div>
    </section>
  )
}
