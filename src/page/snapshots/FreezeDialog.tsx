import { useState } from "react"
import { idempotencyKeys } from "../api/idempotencyKeys.ts"
import { useClient, usePerson, useRefresh } from "../api/queries.ts"
import type { Report } from "../api/wire.ts"
import { cut } from "../builder/Draft.ts"
import { dayName } from "../card/words.ts"
import { type View, viewRequestOf } from "../report/View.ts"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { t } from "../shell/messages.ts"
import { goTo, snapshotAddress } from "../shell/route.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { ViewFacts } from "./ScheduleFields.tsx"

interface FreezeDialogProps {
  readonly report: Report
  readonly view: View
  readonly onClose: () => void
}

const titleNow = (title: string) => cut(`${title}, ${dayName(new Date().toISOString())}`, 120)

export const FreezeDialog = ({ onClose, report, view }: FreezeDialogProps) => {
  const { api } = useClient()
  const person = usePerson()
  const refresh = useRefresh()
  const { say } = useSaying()
  const [keys] = useState(idempotencyKeys)
  const [title, setTitle] = useState(() => titleNow(report.title))
  const freeze = async (signal: AbortSignal) => {
    const { id } = await api.freeze(report.id, { title, ...viewRequestOf(view, report, person.role) }, keys, signal)
    if (signal.aborted) return
    void refresh.snapshots(report.id)
    void refresh.report(report.id)
    onClose()
    goTo(snapshotAddress(id))
    say(t.frozen())
  }
  return (
    <ActionDialog
      title={t.freezeTheseNumbers()}
      action={t.freeze()}
      acting={t.freezing()}
      isDanger={false}
      isReady={title.trim() !== ""}
      onClose={onClose}
      onAction={freeze}
    >
      <p className="muted">
        {t.snapshotKeeps()}
      </p>
      <div className="fields">
        <label htmlFor="snapshot-title">{t.title()}</label>
        <input
          id="snapshot-title"
          data-focus
          value={title}
          maxLength={120}
          onChange={({ target }) => setTitle(target.value)}
        />
      </div>
      <ViewFacts report={report} view={view} own={t.yourOwnNumbers()} />
    </ActionDialog>
  )
}
