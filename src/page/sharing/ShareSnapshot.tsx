import { useId, useState } from "react"
import { useClient, useRefresh } from "../api/queries.ts"
import type { Snapshot } from "../api/wire.ts"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { ReadersField } from "./ReadersField.tsx"

type Readers = "nobody" | "people" | "organization"

const readersOf = ({ shared }: Snapshot): Readers => {
  if (shared === null) return "nobody"
  return shared.organization ? "organization" : "people"
}

const ShareDialog = ({ onClose, snapshot }: { readonly snapshot: Snapshot; readonly onClose: () => void }) => {
  const id = useId()
  const { api } = useClient()
  const refresh = useRefresh()
  const { say } = useSaying()
  const [readers, setReaders] = useState(readersOf(snapshot))
  const [people, setPeople] = useState<ReadonlyArray<string>>(snapshot.shared?.people ?? [])
  const hasOthersRows = snapshot.scope.assigneeIds.some((one) => one !== snapshot.createdBy)
  const [isAgreed, agree] = useState(!hasOthersRows)
  const isShared = readers !== "nobody"
  const store = async (signal: AbortSignal) => {
    const whom = readers === "people" ? { people } : { organization: true }
    await (isShared
      ? api.share(snapshot.id, { ...whom, ...(hasOthersRows && { includesOthersRows: isAgreed }) })
      : api.unshare(snapshot.id))
    await refresh.snapshot(snapshot.id)
    void refresh.snapshots(snapshot.reportId)
    if (!signal.aborted) onClose()
    say(isShared ? t.shareDone() : t.shareTakenBack())
  }
  return (
    <ActionDialog
      title={t.shareTitle()}
      action={isShared || snapshot.shared === null ? t.shareAction() : t.shareTakeBack()}
      isDanger={isShared && hasOthersRows}
      isReady={isShared ? isAgreed && (readers !== "people" || people.length > 0) : snapshot.shared !== null}
      onClose={onClose}
      onAction={store}
    >
      <p className="muted">{t.shareExplained()}</p>
      <div className="fields">
        <label htmlFor={id}>{t.shareName()}</label>
        <select
          id={id}
          data-focus
          value={readers}
          onChange={({ target: { value } }) =>
            setReaders(value === "people" || value === "organization" ? value : "nobody")}
        >
          <option value="nobody">{t.shareNobody()}</option>
          <option value="people">{t.sharePeople()}</option>
          <option value="organization">{t.shareReaders()}</option>
        </select>
      </div>
      {isShared && hasOthersRows && (
        <label className="check">
          <input type="checkbox" checked={isAgreed} onChange={({ target }) => agree(target.checked)} />
          <span>{t.shareOthersRows()}</span>
        </label>
      )}
      {readers === "people" && <ReadersField value={people} without={snapshot.createdBy} onChange={setPeople} />}
    </ActionDialog>
  )
}

/** The creator of a snapshot lets other readers of the report see its numbers. */
export const ShareSnapshot = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { person } = useClient()
  const [isAsking, ask] = useState(false)
  if (snapshot.createdBy !== person.userId) return null
  return (
    <>
      <button type="button" title={t.shareHint()} onClick={() => ask(true)}>
        <Icon name="people" />
        {snapshot.shared === null ? t.shareAction() : t.shareShared()}
      </button>
      {isAsking && <ShareDialog snapshot={snapshot} onClose={() => ask(false)} />}
    </>
  )
}
