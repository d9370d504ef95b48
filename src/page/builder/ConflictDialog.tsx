import { useCatalog } from "../api/queries.ts"
import { momentName } from "../card/words.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { t } from "../shell/messages.ts"
import { differences } from "./differences.ts"
import { draftOf } from "./Draft.ts"
import type { Conflict, Editing } from "./Editing.ts"
import type { useSave } from "./useSave.ts"

interface ConflictDialogProps {
  readonly mine: Editing
  readonly conflict: Conflict
  readonly saving: ReturnType<typeof useSave>
}

const Changes = ({ changes, title }: { readonly title: string; readonly changes: ReadonlyArray<string> }) => (
  <section className="changes">
    <h3>{title}</h3>
    <ul>{changes.length === 0 ? <li>{t.nothing()}</li> : changes.map((change) => <li key={change}>{change}</li>)}</ul>
  </section>
)

export const ConflictDialog = ({ conflict: { problem, reason, theirs }, mine, saving }: ConflictDialogProps) => {
  const metrics = useCatalog()
  const labels = new Map([...metrics.values()].map(({ id, label }) => [id, label]))
  const { forget, isSaving, saveCopy, saveOver, takeTheirs } = saving
  const told = problem !== undefined && <p className="problem" role="alert">{problem}</p>
  if (theirs === undefined) {
    return (
      <Dialog
        title={t.noLongerChange()}
        onClose={forget}
        footer={
          <>
            <button type="button" onClick={forget}>{t.keepEditing()}</button>
            <button type="button" className="primary" disabled={isSaving} onClick={saveCopy}>
              {t.saveMineAsNew()}
            </button>
          </>
        }
      >
        <p>{t.canSaveAsNew({ reason: reason ?? "" })}</p>
        {told}
      </Dialog>
    )
  }
  return (
    <Dialog
      title={t.changedMeanwhile()}
      size="medium"
      onClose={forget}
      footer={
        <>
          <button type="button" disabled={isSaving} onClick={() => takeTheirs(theirs)}>{t.discardMine()}</button>
          <button type="button" disabled={isSaving} onClick={saveCopy}>{t.saveMineAsCopy()}</button>
          <button type="button" className="primary" disabled={isSaving} onClick={() => saveOver(theirs)}>
            {t.saveMineOverIt()}
          </button>
        </>
      }
    >
      {told}
      <p>
        {t.anotherVersion({ time: momentName(theirs.value.updatedAt) })}
      </p>
      <div className="columns">
        <Changes title={t.theyChanged()} changes={differences(mine.saved, draftOf(theirs.value), labels)} />
        <Changes title={t.youChanged()} changes={differences(mine.saved, mine.now, labels)} />
      </div>
    </Dialog>
  )
}
