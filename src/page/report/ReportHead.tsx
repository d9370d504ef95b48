import { useContext } from "react"
import { useClient } from "../api/queries.ts"
import type { Report } from "../api/wire.ts"
import type { Draft } from "../builder/Draft.ts"
import { DraftsContext } from "../builder/Drafts.ts"
import { EditActions } from "../builder/EditActions.tsx"
import { changed, type Editing } from "../builder/Editing.ts"
import { noDrafts } from "../builder/noDrafts.ts"
import { Heading } from "../shell/Heading.tsx"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { ReportActions } from "./ReportActions.tsx"
import type { View } from "./View.ts"

interface ReportHeadProps {
  readonly id: string
  readonly saved: Report | undefined
  readonly draft: Draft
  readonly editing: Editing | undefined
  readonly view: View
  readonly onEdit: () => Promise<boolean>
  readonly onEditing: (editing: Editing | undefined) => void
  readonly onAdd: () => void
}

const Names = ({ editing, onEditing }: { readonly editing: Editing; readonly onEditing: (next: Editing) => void }) => {
  const { description, title } = editing.now
  return (
    <div className="names">
      <Heading className="hidden">{t.editTitle({ title })}</Heading>
      <input
        className="title-input"
        aria-label={t.title()}
        placeholder={t.title()}
        value={title}
        maxLength={120}
        required
        onChange={({ target }) => onEditing(changed(editing, { ...editing.now, title: target.value }, "title"))}
      />
      <input
        className="description-input"
        aria-label={t.description()}
        placeholder={t.whatFor()}
        value={description ?? ""}
        maxLength={2_000}
        onChange={({ target }) =>
          onEditing(
            changed(editing, { ...editing.now, description: target.value === "" ? null : target.value }, "description")
          )}
      />
    </div>
  )
}

const Readers = ({ draft: { people, visibility }, isMine }: { readonly draft: Draft; readonly isMine: boolean }) => {
  const { person } = useClient()
  if (visibility === "private") {
    return (
      <span className="visibility" title={t.onlyYou()}>
        <Icon name="lock" />
        {t.private()}
      </span>
    )
  }
  const names = isMine ? t.sharingWithPeople({ count: people.length }) : t.sharingWithYou()
  return (
    <span className="visibility" title={visibility === "people" ? t.sharingSomePeople() : t.theOrganization()}>
      <Icon name="people" />
      {visibility === "people" ? names : person.organizationName}
    </span>
  )
}

export const ReportHead = ({ draft, editing, id, onAdd, onEdit, onEditing, saved, view }: ReportHeadProps) => {
  const { person } = useClient()
  const isOnlyShown = useContext(DraftsContext) === noDrafts
  return (
    <header className="report-head">
      {editing === undefined
        ? (
          <div className="names">
            <Heading>
              <span className="title" dir="auto">{draft.title}</span>
              <Readers draft={draft} isMine={saved?.ownerId === person.userId} />
            </Heading>
            {draft.description !== null && <p className="muted description">{draft.description}</p>}
          </div>
        )
        : <Names editing={editing} onEditing={onEditing} />}
      <div className="report-actions">
        {editing === undefined && saved !== undefined && !isOnlyShown && (
          <ReportActions report={saved} view={view} onEdit={onEdit} />
        )}
        {editing !== undefined && (
          <EditActions
            id={id}
            ownerId={saved?.ownerId ?? person.userId}
            editing={editing}
            onEditing={onEditing}
            onAdd={onAdd}
          />
        )}
      </div>
    </header>
  )
}
