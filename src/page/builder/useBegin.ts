import { useCallback, useEffect, useState } from "react"
import { titleOf } from "../../presentation/titleOf.ts"
import { useCatalog, usePerson } from "../api/queries.ts"
import type { Report, Versioned, Widget } from "../api/wire.ts"
import { loadEditableGrid } from "../grid/useEditableGrid.ts"
import { mayChange } from "../report/mayChange.ts"
import { localization, t } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { untilLoaded } from "../shell/untilLoaded.ts"
import { useIsShown } from "../shell/useIsShown.ts"
import { type Draft, draftOf, withCopy } from "./Draft.ts"
import { changed, type Editing, editingOf } from "./Editing.ts"

interface Wanted {
  readonly latest: Versioned<Report>
  readonly change: (draft: Draft) => Draft
}

const none: ReadonlyArray<Wanted> = []

/** The returned function begins to edit the newest version, unless the person leaves first. It returns false then, or if that cannot be read. */
export const useBegin = (
  isNarrow: boolean,
  onRead: () => Promise<Versioned<Report> | undefined>,
  setEditing: (editing: Editing) => void,
  changeEditing: (make: (editing: Editing) => Editing) => boolean
) => {
  const [wanted, want] = useState(none)
  const isShown = useIsShown()
  useEffect(() => {
    if (wanted.length === 0) return
    want((all) => all.filter((one) => !wanted.includes(one)))
    for (const { change, latest: { etag, value } } of wanted) {
      if (etag === null) continue
      const make = (editing: Editing) => changed(editing, change(editing.now))
      // Two cards may be duplicated before the first edit begins.
      if (!changeEditing(make)) setEditing(make(editingOf(draftOf(value), etag)))
    }
  }, [changeEditing, setEditing, wanted])
  return useCallback(async (change: Wanted["change"] = (draft) => draft) => {
    const [latest] = await Promise.all([onRead(), isNarrow || untilLoaded(loadEditableGrid, 0).catch(() => {})])
    if (latest === undefined || !isShown.current) return false
    want((all) => [...all, { latest, change }])
    return true
  }, [isNarrow, isShown, onRead])
}

type Begin = ReturnType<typeof useBegin>

/** Returns undefined for those who may not change the report. */
export const useDuplicate = (report: Report | undefined, begin: Begin) => {
  const { role, userId } = usePerson()
  const metrics = useCatalog()
  const { say } = useSaying()
  const duplicate = useCallback(async (widget: Widget) => {
    const hasBegun = await begin((draft) => withCopy(draft, widget))
    if (hasBegun) say(t.titleDuplicated({ title: titleOf(widget, metrics.get(widget.metricId), localization()) }))
  }, [begin, metrics, say])
  return report !== undefined && mayChange(report, userId, role) ? duplicate : undefined
}
