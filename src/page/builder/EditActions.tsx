import { useEffect, useState } from "react"
import { ShareField } from "../sharing/ShareField.tsx"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { Icon } from "../shell/Icon.tsx"
import { goTo } from "../shell/route.ts"
import { ConflictDialog } from "./ConflictDialog.tsx"
import { changed, type Editing, isDirty, redone, undone } from "./Editing.ts"
import { isBehindDialog } from "./EditorKeys.tsx"
import { useSave } from "./useSave.ts"

interface EditActionsProps {
  readonly id: string
  readonly editing: Editing
  readonly onEditing: (editing: Editing | undefined) => void
  readonly onAdd: () => void
}

export const EditActions = ({ editing, id, onAdd, onEditing }: EditActionsProps) => {
  const saving = useSave(id, editing, onEditing)
  const { isSaving, save } = saving
  const isNew = editing.etag === undefined
  const isChanged = isDirty(editing)
  const [isAsking, ask] = useState(false)
  const discard = () => {
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
      <button type="button" disabled={isSaving} onClick={onAdd}>
        <Icon name="add" />
        Add a card
      </button>
      <div className="joined">
        <button
          type="button"
          className="square"
          aria-label="Undo"
          title="Undo (Ctrl+Z)"
          disabled={editing.past.length === 0}
          onClick={() => onEditing(undone(editing))}
        >
          <Icon name="undo" />
        </button>
        <button
          type="button"
          className="square"
          aria-label="Redo"
          title="Redo (Ctrl+Shift+Z)"
          disabled={editing.future.length === 0}
          onClick={() => onEditing(redone(editing))}
        >
          <Icon name="redo" />
        </button>
      </div>
      <ShareField
        draft={editing.now}
        onChange={(sharing) => onEditing(changed(editing, { ...editing.now, ...sharing }))}
      />
      <span className="spacer" />
      <button type="button" disabled={isSaving} onClick={isChanged ? () => ask(true) : discard}>
        {isChanged ? "Discard" : "Cancel"}
      </button>
      <button type="button" className="primary" disabled={isSaving || (!isChanged && !isNew)} onClick={save}>
        {isSaving ? "Saving…" : "Save"}
      </button>
      {isAsking && (
        <ActionDialog
          title="Discard your changes?"
          action="Discard"
          onClose={() => ask(false)}
          onAction={discard}
        >
          <p>They are not saved. This cannot be undone.</p>
        </ActionDialog>
      )}
      {saving.conflict !== undefined && <ConflictDialog mine={editing} saving={saving} conflict={saving.conflict} />}
    </>
  )
}
