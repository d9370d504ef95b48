import { useEffect, useRef, useState } from "react"
import { sentence } from "../api/Problem.ts"
import { useClient, useOptions, usePerson, useRefresh } from "../api/queries.ts"
import type { Report } from "../api/wire.ts"
import { cut } from "../builder/Draft.ts"
import { timeframeName } from "../card/words.ts"
import { peopleName } from "../report/PeopleFields.tsx"
import { selectionOf } from "../report/requestOf.ts"
import { countOf, timeframeOf, type View } from "../report/View.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { goTo, snapshotAddress } from "../shell/route.ts"
import { useSaying } from "../shell/Toasts.tsx"

interface FreezeDialogProps {
  readonly report: Report
  readonly view: View
  readonly onClose: () => void
}

const titleNow = (title: string) =>
  cut(`${title}, ${new Intl.DateTimeFormat("en", { dateStyle: "medium" }).format(new Date())}`, 120)

export const FreezeDialog = ({ onClose, report, view }: FreezeDialogProps) => {
  const { api } = useClient()
  const person = usePerson()
  const options = useOptions()
  const refresh = useRefresh()
  const { say } = useSaying()
  const [title, setTitle] = useState(() => titleNow(report.title))
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [isBusy, setBusy] = useState(false)
  const timeframe = timeframeOf(view, report.defaultTimeframe)
  const whose = person.role === "admin" ? peopleName(view.people, options?.people ?? []) : "Your own numbers"
  const asked = useRef<AbortController>(undefined)
  useEffect(() => () => asked.current?.abort(), [])
  const freeze = async () => {
    const request = asked.current = new AbortController()
    setBusy(true)
    setProblem(undefined)
    try {
      const whoseRecords = person.role === "admin" ? selectionOf(view.people) : {}
      const { id } = await api.freeze(report.id, { title, timeframe, ...whoseRecords }, request.signal)
      if (request.signal.aborted) return
      void refresh.snapshots(report.id)
      void refresh.report(report.id)
      onClose()
      goTo(snapshotAddress(id))
      say("Frozen. These numbers stay as they are.")
    } catch (error) {
      if (request.signal.aborted) return
      setProblem(sentence(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title="Freeze these numbers"
      onClose={onClose}
      footer={
        <>
          <button type="button" onClick={onClose}>Cancel</button>
          <button type="button" className="primary" disabled={isBusy || title.trim() === ""} onClick={freeze}>
            {isBusy ? "Freezing…" : "Freeze"}
          </button>
        </>
      }
    >
      <p className="muted">
        A snapshot keeps every number of this report as it is now, for 180 days. You and the admins can open it.
      </p>
      <div className="fields">
        <label htmlFor="snapshot-title">Title</label>
        <input
          id="snapshot-title"
          data-focus
          value={title}
          maxLength={120}
          onChange={({ target }) => setTitle(target.value)}
        />
      </div>
      <dl className="facts">
        <dt>Time</dt>
        <dd>{timeframeName(timeframe)}</dd>
        <dt>Whose records</dt>
        <dd>{whose}</dd>
        {countOf(view.filters) > 0 && (
          <>
            <dt>Filters</dt>
            <dd>A snapshot ignores the filters of this view.</dd>
          </>
        )}
      </dl>
      {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
    </Dialog>
  )
}
