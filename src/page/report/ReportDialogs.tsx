import { usePerson } from "../api/queries.ts"
import type { Report } from "../api/wire.ts"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { LazyDialog, lazyDialog } from "../shell/LazyDialog.tsx"
import { t } from "../shell/messages.ts"
import { undoSeconds } from "../shell/ToastList.ts"
import { FreezeDialog } from "../snapshots/FreezeDialog.tsx"
import { ShownSchedule } from "../snapshots/ShownSchedule.tsx"
import { mayChange } from "./mayChange.ts"
import type { View } from "./View.ts"

const SubscriptionsDialog = lazyDialog(async () =>
  (await import("../mails/SubscriptionsDialog.tsx")).SubscriptionsDialog
)

const SnapshotsDialog = lazyDialog(async () => (await import("../snapshots/SnapshotsDialog.tsx")).SnapshotsDialog)

const VersionsDialog = lazyDialog(async () => (await import("./VersionsDialog.tsx")).VersionsDialog)

export type Asked = "freeze" | "schedule" | "mails" | "send" | "snapshots" | "versions" | "delete" | undefined

interface ReportDialogsProps {
  readonly asked: Asked
  readonly report: Report
  readonly view: View
  readonly onClose: () => void
  readonly onDelete: () => void
}

/** The dialogs of the buttons and of the menu above a report. */
export const ReportDialogs = ({ asked, onClose, onDelete, report, view }: ReportDialogsProps) => {
  const person = usePerson()
  const isMine = mayChange(report, person.userId, person.role)
  return (
    <>
      {asked === "freeze" && <FreezeDialog report={report} view={view} onClose={onClose} />}
      {asked === "schedule" && <ShownSchedule report={report} view={view} onClose={onClose} />}
      {(asked === "mails" || asked === "send") && (
        <LazyDialog
          of={asked}
          problem={t.mailsNotLoaded()}
          onClose={onClose}
        >
          <SubscriptionsDialog
            report={report}
            view={view}
            isNew={asked === "send"}
            onClose={onClose}
          />
        </LazyDialog>
      )}
      {asked === "snapshots" && (
        <LazyDialog of={asked} problem={t.snapshotsOf({ title: report.title })} onClose={onClose}>
          <SnapshotsDialog report={report} onClose={onClose} />
        </LazyDialog>
      )}
      {asked === "versions" && (
        <LazyDialog of={asked} problem={t.versions()} onClose={onClose}>
          <VersionsDialog report={report} isMine={isMine} onClose={onClose} />
        </LazyDialog>
      )}
      {asked === "delete" && (
        <ActionDialog
          title={t.deleteQuestion({ title: report.title })}
          action={t.delete()}
          onClose={onClose}
          onAction={onDelete}
        >
          <p>{t.deletesReport(undoSeconds)}</p>
        </ActionDialog>
      )}
    </>
  )
}
