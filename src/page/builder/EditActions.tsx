import { useEffect, useState } from "react"
import { ShareField } from "../sharing/ShareField.tsx"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { goTo } from "../shell/route.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { ConflictDialog } from "./ConflictDialog.tsx"
import { changed, type Editing, isDirty, isFirstSave, redone, undone } from "./Editing.ts"
import { isBehindDialog } from "./EditorKeys.tsx"
import { useSave } from "./useSave.ts"

interface EditActionsProps {
  readonly id: string
  readonly ownerId: string
  readonly editing: Editing
  readonly onEditing: (editing: Editing | undefined) => void
  readonly onAdd: () => void
}

export const EditActions = ({ editing, id, onAdd, onEditing, ownerId }: EditActionsProps) => {
  const saving = useSave(id, editing, onEditing)
  const { isSaving, save } = saving
  const isNew = editing.etag === undefined
  const isChanged = isDirty(editing)
  const [isAsking, ask] = useState(false)
  const { closeUndos } = useSaying()
  const discard = () => {
    closeUndos(() => true)
    onEditing(undefined)
    if (isNew) goTo("#/")
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return
      event.preventDefault()
      if (!isSaving && !isBehindDialog()) void save()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [isSaving, save])
  return (
    <>
      <button type="button" className="iconic" title={t.addCard()} disabled={isSaving} onClick={onAdd}>
        <Icon name="add" />
        <span>{t.addCard()}</span>
      </button>
      <div className="joined">
        <button
          type="button"
          className="square"
          aria-label={t.undo()}
          title={t.undoKeys()}
          disabled={editing.past.length === 0}
          onClick={() => onEditing(undone(editing))}
        >
          <Icon name="undo" />
        </button>
        <button
          type="button"
          className="square"
          aria-label={t.redo()}
          title={t.redoKeys()}
          disabled={editing.future.length === 0}
          onClick={() => onEditing(redone(editing))}
        >
          <Icon name="redo" />
        </button>
      </div>
      <div className="edit-readers">
        <ShareField
          draft={editing.now}
          ownerId={ownerId}
          mayChoose={!isFirstSave(editing)}
          onChange={(sharing) => onEditing(changed(editing, { ...editing.now, ...sharing }))}
        />
      </div>
      <span className="spacer" />
      <div className="edit-ends">
        <button
          type="button"
          className="iconic"
          title={isChanged ? t.discard() : t.cancel()}
          disabled={isSaving}
          onClick={isChanged ? () => ask(true) : discard}
        >
          <Icon name="close" />
          <span>{isChanged ? t.discard() : t.cancel()}</span>
        </button>
        <button type="button" className="primary" disabled={isSaving || (!isChanged && !isNew)} onClick={save}>
          {isSaving ? t.saving() : t.save()}
        </button>
      </div>
      {isAsking && (
        <ActionDialog
          title={t.discardQuestion()}
          action={t.discard()}
          onClose={() => ask(false)}
          onAction={discard}
        >
          <p>{t.notSavedNoUndo()}</p>
        </ActionDialog>
      )}
      {saving.conflict !== undefined && <ConflictDialog mine={editing} saving={saving} conflict={saving.conflict} />}
    </>
  )
}
