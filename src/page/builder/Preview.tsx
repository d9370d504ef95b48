import { useMemo } from "react"
import { sentence } from "../api/Problem.ts"
import { usePerson, useRun } from "../api/queries.ts"
import type { CatalogEntry, Timeframe, Widget } from "../api/wire.ts"
import { Card } from "../card/Card.tsx"
import { requestOf } from "../report/requestOf.ts"
import type { View } from "../report/View.ts"

interface PreviewProps {
  readonly widget: Widget
  readonly metric: CatalogEntry | undefined
  readonly timeframe: Timeframe
  readonly view: View
}

export const Preview = ({ metric, timeframe, view, widget }: PreviewProps) => {
  const person = usePerson()
  const { filters, people } = view
  const request = useMemo(() => {
    const whose = person.role === "admin" ? people : "me"
    return requestOf({ widgets: [widget], timeframe, people: whose, filters })
  }, [filters, people, person.role, timeframe, widget])
  const run = useRun(request)
  const shape = metric?.shape === "stat" ? "preview low" : "preview"
  return (
    <div className={shape}>
      {run.isError
        ? (
          <div className="card-fault" role="alert">
            <strong>There is no preview</strong>
            <span>{sentence(run.error)}</span>
          </div>
        )
        : (
          <Card
            widget={widget}
            metric={metric}
            series={run.series.get(widget.instanceId)}
            isStale={run.isPlaceholderData}
          />
        )}
    </div>
  )
}
