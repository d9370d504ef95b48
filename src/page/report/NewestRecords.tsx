import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useClient, useOptions } from "../api/queries.ts"
import type { MetricRecord, MetricSeries, RunRequest, Timeframe } from "../api/wire.ts"
import { dayName } from "../card/words.ts"
import { Icon } from "../shell/Icon.tsx"
import { newestRequests } from "./newestRequests.ts"

const names: Readonly<Record<MetricRecord["type"], string>> = {
  lead: "lead",
  deal: "deal",
  task: "task",
  call: "call",
  email: "email",
  spell: "stay in a status",
  share: "commission share"
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
    <section className="banner draft" aria-label="Newest records">
      <Icon name="info" />
      <div>
        <strong>Nothing is counted in this timeframe.</strong>
        <p>
          {data.map(({ at, type }) => `Newest ${names[type]}: ${dayName(at, timeZone)}.`).join(" ")}
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
            Show the year until then
          </button>
        </p>
      </div>
    </section>
  )
}
