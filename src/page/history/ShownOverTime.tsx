import type { Details } from "../../presentation/Details.ts"
import type { CatalogEntry, Report, Widget } from "../api/wire.ts"
import type { View } from "../report/View.ts"
import { LazyDialog, lazyDialog } from "../shell/LazyDialog.tsx"
import { t } from "../shell/messages.ts"

const OverTime = lazyDialog(async () => (await import("./OverTime.tsx")).OverTime)

export interface HistoryAsked {
  readonly widget: Widget
  readonly metric: CatalogEntry | undefined
  readonly title: string
  readonly details: Details
}

/** A number of the current state has no past in the CRM, only in snapshots. */
export const hasNoPast = (metric: CatalogEntry | undefined): boolean => metric?.takesTimeframe === false

interface ShownOverTimeProps {
  /** Undefined shows nothing. */
  readonly asked: HistoryAsked | undefined
  readonly report: Report | undefined
  readonly view: View
  readonly onClose: () => void
}

export const ShownOverTime = ({ asked, onClose, report, view }: ShownOverTimeProps) => {
  if (asked === undefined || report === undefined) return null
  return (
    <LazyDialog of={asked} problem={t.historyCannotBeShown()} onClose={onClose}>
      <OverTime asked={asked} report={report} view={view} onClose={onClose} />
    </LazyDialog>
  )
}
