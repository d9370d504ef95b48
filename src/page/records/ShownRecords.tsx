import { lazy, Suspense } from "react"
import type { MetricSeries, RunRequest } from "../api/wire.ts"
import { Boundary } from "../card/Boundary.tsx"
import { Dialog } from "../shell/Dialog.tsx"
import { type RecordsAsked, recordsRequest } from "./RecordsAsked.ts"

const RecordsPanel = lazy(async () => ({ default: (await import("./RecordsPanel.tsx")).RecordsPanel }))

interface ShownRecordsProps {
  readonly asked: RecordsAsked
  readonly run: RunRequest
  readonly series: ReadonlyMap<string, MetricSeries>
  readonly onClose: () => void
}

const NotLoaded = ({ onClose }: Pick<ShownRecordsProps, "onClose">) => (
  <Dialog title="The records cannot be shown" onClose={onClose}>
    <p role="alert">A part of this page could not be loaded. Save your changes, and then reload the page.</p>
  </Dialog>
)

export const ShownRecords = ({ asked, onClose, run, series }: ShownRecordsProps) => {
  const request = recordsRequest(asked, run)
  if (request === undefined) return null
  return (
    <Boundary of={asked} fallback={<NotLoaded onClose={onClose} />}>
      <Suspense>
        <RecordsPanel
          clicked={asked}
          series={series.get(asked.widget.instanceId)}
          request={request}
          onClose={onClose}
        />
      </Suspense>
    </Boundary>
  )
}
