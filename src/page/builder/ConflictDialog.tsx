import { useCatalog } from "../api/queries.ts"
import { momentName } from "../card/words.ts"
import { Dialog } from "../shell/Dialog.tsx"
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
    <ul>{changes.length === 0 ? <li>Nothing</li> : changes.map((change) => <li key={change}>{change}</li>)}</ul>
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
        title="You can no longer change this report"
        onClose={forget}
        footer={
          <>
            <button type="button" onClick={forget}>Keep editing</button>
            <button type="button" className="primary" disabled={isSaving} onClick={saveCopy}>
              Save mine as a new report
            </button>
          </>
        }
      >
        <p>{reason} You can save your version as a new report.</p>
        {told}
      </Dialog>
    )
  }
  return (
    <Dialog
      title="This report was changed meanwhile"
      size="medium"
      onClose={forget}
      footer={
        <>
          <button type="button" disabled={isSaving} onClick={() => takeTheirs(theirs)}>Discard mine</button>
          <button type="button" disabled={isSaving} onClick={saveCopy}>Save mine as a copy</button>
          <button type="button" className="primary" disabled={isSaving} onClick={() => saveOver(theirs)}>
            Save mine over it
          </button>
        </>
      }
    >
      {told}
      <p>
        Another version was saved on{" "}
        {momentName(theirs.value.updatedAt)}, after you began to edit. Nothing of yours is lost: choose what to keep, or
        close this and go on.
      </p>
      <div className="columns">
        <Changes title="They changed" changes={differences(mine.saved, draftOf(theirs.value), labels)} />
        <Changes title="You changed" changes={differences(mine.saved, mine.now, labels)} />
      </div>
    </Dialog>
  )
}
