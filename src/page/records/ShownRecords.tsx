import type { MetricSeries, RunRequest } from "../api/wire.ts"
import type { Narrowing } from "../choosing/narrowing.ts"
import { LazyDialog, lazyDialog } from "../shell/LazyDialog.tsx"
import { t } from "../shell/messages.ts"
import { type RecordsAsked, recordsRequest } from "./RecordsAsked.ts"

const RecordsPanel = lazyDialog(async () => (await import("./RecordsPanel.tsx")).RecordsPanel)

interface ShownRecordsProps {
  /** Undefined shows nothing. */
  readonly asked: RecordsAsked | undefined
  readonly run: RunRequest | undefined
  readonly series: ReadonlyMap<string, MetricSeries>
  readonly onNarrow: (narrowing: Narrowing) => void
  readonly onClose: () => void
}

export const ShownRecords = ({ asked, onClose, onNarrow, run, series }: ShownRecordsProps) => {
  const request = asked && run && recordsRequest(asked, run)
  if (asked === undefined || request === undefined) return null
  return (
    <LazyDialog of={asked} problem={t.recordsCannotBeShown()} onClose={onClose}>
      <RecordsPanel
        clicked={asked}
        series={series.get(asked.widget.instanceId)}
        request={request}
        onNarrow={onNarrow}
        onClose={onClose}
      />
    </LazyDialog>
  )
}
