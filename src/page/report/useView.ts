import { useCallback, useMemo } from "react"
import { usePerson } from "../api/queries.ts"
import type { Draft } from "../builder/Draft.ts"
import { narrowed, type Narrowing, widened } from "../choosing/narrowing.ts"
import { t } from "../shell/messages.ts"
import { replaceAddress, reportAddress } from "../shell/route.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { requestOf } from "./requestOf.ts"
import { queryOf, shownOf, type View, viewOf, viewRequestOf, withoutDefaults } from "./View.ts"

/** While a report is edited, its own view is shown, and a choice changes it. */
const own: View = {}

/** A toast that brings back another view closes when the view changes. */
const ofView = "~view"

/** Returns the view of the address, its run, and functions that change the address. */
export const useView = (id: string, query: URLSearchParams, draft: Draft | undefined, isEditing: boolean) => {
  const { closeUndos, say } = useSaying()
  const view = useMemo(() => isEditing ? own : viewOf(query), [isEditing, query])
  const show = useCallback((next: View) => {
    closeUndos((of) => of === ofView)
    if (draft !== undefined) replaceAddress(reportAddress(id, queryOf(withoutDefaults(next, draft))))
  }, [closeUndos, draft, id])
  const narrow = useCallback((to: Narrowing) => {
    if (draft === undefined) return
    show(narrowed(view, shownOf(view, draft).filters, to))
    // On a phone, the view bar may be far above the chart.
    say(t.narrowTo(to), { of: ofView, onUndo: () => show(view) })
  }, [draft, say, show, view])
  /** For a name, such as an entry of a legend. Its second click takes the narrowing back. */
  const toggle = useCallback((to: Narrowing) => {
    const wide = draft && widened(view, draft, to)
    if (wide === undefined) narrow(to)
    else show(wide)
  }, [draft, narrow, show, view])
  const isChosen = useCallback(
    (to: Narrowing) => draft !== undefined && widened(view, draft, to) !== undefined,
    [draft, view]
  )
  const { role } = usePerson()
  const request = useMemo(() => {
    if (draft === undefined || draft.layout.widgets.length === 0) return undefined
    return requestOf(draft.layout.widgets, viewRequestOf(view, draft, role))
  }, [draft, role, view])
  return { isChosen, narrow, toggle, request, show, view }
}
