import { useState } from "react"
import { sentence } from "../api/Problem.ts"
import { useClient, usePerson, useRefresh } from "../api/queries.ts"
import type { Report } from "../api/wire.ts"
import { copyOf } from "../builder/Draft.ts"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { Icon } from "../shell/Icon.tsx"
import { Popover } from "../shell/Popover.tsx"
import { leave, reportAddress } from "../shell/route.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { FreezeDialog } from "../snapshots/FreezeDialog.tsx"
import { ScheduleDialog } from "../snapshots/ScheduleDialog.tsx"
import { SnapshotsDialog } from "../snapshots/SnapshotsDialog.tsx"
import { ExportItems } from "./ExportItems.tsx"
import { mayChange } from "./mayChange.ts"
import { type View, viewRequestOf } from "./View.ts"

interface ReportActionsProps {
  readonly report: Report
  readonly view: View
  readonly onEdit: () => Promise<void>
}

type Asked = "freeze" | "schedule" | "snapshots" | "delete" | undefined

export const ReportActions = ({ onEdit, report, view }: ReportActionsProps) => {
  const { api } = useClient()
  const person = usePerson()
  const { say, warn } = useSaying()
  const refresh = useRefresh()
  const [asked, ask] = useState<Asked>(undefined)
  const [isOpening, setOpening] = useState(false)
  const isMine = mayChange(report, person.userId, person.role)

  const duplicate = async () => {
    try {
      const { value } = await api.create({
        ...copyOf(report),
        visibility: "private",
        people: []
      })
      await refresh.reports()
      leave(report.id, reportAddress(value.id))
      say("Duplicated. Only you can see the copy.")
    } catch (error) {
      warn(sentence(error))
    }
  }
  const remove = async () => {
    await api.remove(report.id)
    ask(undefined)
    refresh.deleted("report", report.id)
    leave(report.id, "#/")
    void refresh.reports()
    say(`“${report.title}” deleted`)
  }
  const edit = async () => {
    setOpening(true)
    await onEdit()
    setOpening(false)
  }
  return (
    <>
      <button type="button" onClick={() => ask("snapshots")}>
        <Icon name="history" />
        Snapshots
        {report.snapshotCount > 0 && <span className="count">{report.snapshotCount}</span>}
      </button>
      <button type="button" onClick={() => ask("freeze")} title="Keep these numbers as they are now">
        <Icon name="freeze" />
        Freeze
      </button>
      <Popover
        label={<Icon name="dots" />}
        name="More"
        className="square"
        align="end"
        isMenu
      >
        <ExportItems
          path={`/${report.id}/run`}
          body={viewRequestOf(view, report, person.role)}
          title={report.title}
        />
        <button type="button" onClick={() => print()}>
          <Icon name="print" />
          Print
        </button>
        <hr />
        <button type="button" onClick={duplicate}>
          <Icon name="copy" />
          Duplicate
        </button>
        {isMine && (
          <button type="button" onClick={() => ask("schedule")}>
            <Icon name="history" />
            Freeze on a schedule
          </button>
        )}
        {isMine && (
          <button type="button" className="danger" onClick={() => ask("delete")}>
            <Icon name="trash" />
            Delete
          </button>
        )}
      </Popover>
      {isMine && (
        <button type="button" className="primary" disabled={isOpening} onClick={edit}>
          <Icon name="edit" />
          Edit
        </button>
      )}
      {asked === "freeze" && <FreezeDialog report={report} view={view} onClose={() => ask(undefined)} />}
      {asked === "schedule" && <ScheduleDialog report={report} view={view} onClose={() => ask(undefined)} />}
      {asked === "snapshots" && <SnapshotsDialog report={report} onClose={() => ask(undefined)} />}
      {asked === "delete" && (
        <ActionDialog
          title={`Delete “${report.title}”?`}
          action="Delete"
          onClose={() => ask(undefined)}
          onAction={remove}
        >
          <p>The report and all its snapshots are deleted for everyone. This cannot be undone.</p>
        </ActionDialog>
      )}
    </>
  )
}
