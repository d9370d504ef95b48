import { useState } from "react"
import { useClient, useOptions, usePerson, useRefresh } from "../api/queries.ts"
import type { Report } from "../api/wire.ts"
import { cut } from "../builder/Draft.ts"
import { filtersName, timeframeName } from "../card/words.ts"
import { peopleName } from "../choosing/PeopleChooser.tsx"
import { shownOf, type View, viewRequestOf } from "../report/View.ts"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { locale, t } from "../shell/messages.ts"
import { goTo, snapshotAddress } from "../shell/route.ts"
import { useSaying } from "../shell/Toasts.tsx"

interface FreezeDialogProps {
  readonly report: Report
  readonly view: View
  readonly onClose: () => void
}

const titleNow = (title: string) =>
  cut(`${title}, ${new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date())}`, 120)

export const FreezeDialog = ({ onClose, report, view }: FreezeDialogProps) => {
  const { api } = useClient()
  const person = usePerson()
  const options = useOptions()
  const refresh = useRefresh()
  const { say } = useSaying()
  const [title, setTitle] = useState(() => titleNow(report.title))
  const { comparePrevious, filters, people, timeframe } = shownOf(view, report)
  const whose = person.role === "admin" ? peopleName(people, options?.people ?? []) : t.yourOwnNumbers()
  const filtered = filtersName(filters)
  const freeze = async (signal: AbortSignal) => {
    const { id } = await api.freeze(report.id, { title, ...viewRequestOf(view, report, person.role) }, signal)
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
      <dl className="facts">
        <dt>{t.time()}</dt>
        <dd>{timeframeName(timeframe)}</dd>
        <dt>{t.whoseRecords()}</dt>
        <dd>{whose}</dd>
        {filtered !== "" && (
          <>
            <dt>{t.filters()}</dt>
            <dd>{filtered}</dd>
          </>
        )}
        {comparePrevious && (
          <>
            <dt>{t.comparedWith()}</dt>
            <dd>{t.periodBefore()}</dd>
          </>
        )}
      </dl>
    </ActionDialog>
  )
}
