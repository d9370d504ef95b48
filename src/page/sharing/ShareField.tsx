import { useState } from "react"
import { useClient } from "../api/queries.ts"
import type { Draft } from "../builder/Draft.ts"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { t } from "../shell/messages.ts"
import { ReadersField } from "./ReadersField.tsx"

interface ShareFieldProps {
  readonly draft: Draft
  readonly ownerId: string
  /** False opens no dialog. */
  readonly mayChoose: boolean
  readonly onChange: (sharing: Pick<Draft, "people" | "visibility">) => void
}

/** Says who can see a report, and chooses these people. */
export const ShareField = ({ draft: { people, visibility }, mayChoose, onChange, ownerId }: ShareFieldProps) => {
  const { person } = useClient()
  const [chosen, choose] = useState<ReadonlyArray<string> | undefined>(undefined)
  const ask = () => {
    if (mayChoose) choose(people)
  }
  const select = (value: string) => {
    if (value === "people") return ask()
    onChange({ visibility: value === "organization" ? "organization" : "private", people: [] })
  }
  return (
    <>
      <select
        aria-label={t.sharingName()}
        value={visibility}
        onChange={({ target }) => select(target.value)}
      >
        <option value="private">{t.sharingPrivate()}</option>
        <option value="organization">{t.sharingOrganization({ name: person.organizationName })}</option>
        {/* This option opens a dialog, so it is the last one: arrow keys reach the others without it. */}
        <option value="people">
          {visibility === "people" ? t.sharingPeople({ count: people.length }) : t.sharingChoose()}
        </option>
      </select>
      {visibility === "people" && <button type="button" onClick={ask}>{t.sharingChoose()}</button>}
      {chosen !== undefined && (
        <ActionDialog
          title={t.sharingTitle()}
          action={t.sharingDone()}
          isDanger={false}
          isReady={chosen.length > 0}
          onClose={() => choose(undefined)}
          onAction={() => {
            onChange({ visibility: "people", people: chosen })
            choose(undefined)
          }}
        >
          <p className="muted">{t.sharingExplained()}</p>
          <ReadersField value={chosen} without={ownerId} onChange={choose} />
        </ActionDialog>
      )}
    </>
  )
}
