import { useMemo } from "react"
import { sentence } from "../api/Problem.ts"
import { usePerson } from "../api/queries.ts"
import type { CatalogEntry, Widget } from "../api/wire.ts"
import { Card } from "../card/Card.tsx"
import { useRun } from "../live/useRun.ts"
import { requestOf } from "../report/requestOf.ts"
import { viewRequestOf } from "../report/View.ts"
import { t } from "../shell/messages.ts"
import type { Draft } from "./Draft.ts"

interface PreviewProps {
  readonly widget: Widget
  readonly metric: CatalogEntry | undefined
  readonly draft: Draft
}

export const Preview = ({ draft, metric, widget }: PreviewProps) => {
  const person = usePerson()
  const request = useMemo(
    () => requestOf([widget], viewRequestOf({}, draft, person.role)),
    [draft, person.role, widget]
  )
  const run = useRun(request)
  const shape = metric?.shape === "stat" ? "preview low" : "preview"
  return (
    <div className={shape}>
      {run.isError
        ? (
          <div className="card-fault" role="alert">
            <strong>{t.noPreview()}</strong>
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
