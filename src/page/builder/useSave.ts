import { useQueryClient } from "@tanstack/react-query"
import { useCallback, useContext, useMemo } from "react"
import { isProblem, sentence } from "../api/Problem.ts"
import { useClient, useRefresh } from "../api/queries.ts"
import type { Report, Versioned } from "../api/wire.ts"
import { t } from "../shell/messages.ts"
import { leave, reportAddress } from "../shell/route.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { changesBetween, copyOf, type Draft, sameDraft } from "./Draft.ts"
import { DraftsContext } from "./Drafts.ts"
import { type Conflict, type Editing, isAnother, savedAs } from "./Editing.ts"

const titled = (draft: Draft): Draft => draft.title.trim() === "" ? { ...draft, title: t.untitledReport() } : draft

export const useSave = (id: string, editing: Editing, onEditing: (editing: Editing | undefined) => void) => {
  const { api } = useClient()
  const { say, warn } = useSaying()
  const cache = useQueryClient()
  const refresh = useRefresh()
  const drafts = useContext(DraftsContext)
  const { conflict, etag: read, isSaving = false, saved: before } = editing
  const isNew = read === undefined

  const draft = useMemo(() => titled(editing.now), [editing.now])

  const mark = useCallback((change: Pick<Editing, "conflict" | "isSaving">) => {
    const latest = drafts.of(id)
    if (latest !== undefined) drafts.set(id, { ...latest, ...change })
  }, [drafts, id])
  const setConflict = useCallback((next: Conflict | undefined) => mark({ conflict: next }), [mark])

  const finish = useCallback((saved: Versioned<Report>, words: string) => {
    const { value } = saved
    // A version that was read before this save must not replace it.
    void cache.cancelQueries({ queryKey: ["report", value.id] })
    cache.setQueryData(["report", value.id], saved)
    const latest = drafts.of(id)
    void refresh.reports()
    if (isAnother(latest, editing)) return say(words)
    onEditing(undefined)
    const isEditedSince = latest !== undefined && latest.now !== editing.now
    if (isEditedSince) drafts.set(value.id, savedAs(latest, editing.now, saved))
    if (value.id !== id) leave(id, reportAddress(value.id))
    say(isEditedSince ? t.newerNotSaved({ saved: words }) : words)
  }, [cache, drafts, editing, id, onEditing, refresh, say])

  const failed = useCallback(async (error: unknown) => {
    if (isProblem(error, "report_changed")) {
      const theirs = await api.report(id)
      // The response of an earlier save may have been lost.
      return sameDraft(theirs.value, draft) ? finish(theirs, t.saved()) : setConflict({ theirs })
    }
    if (isProblem(error, "report_not_yours")) return setConflict({ reason: sentence(error) })
    if (isProblem(error, "report_not_found")) {
      return setConflict({ reason: t.wasDeletedOrPrivate() })
    }
    throw error
  }, [api, draft, finish, id, setConflict])

  const tell = useCallback((error: unknown) => {
    const problem = t.notSavedStillHere({ problem: sentence(error) })
    if (conflict === undefined) warn(problem)
    else setConflict({ ...conflict, problem })
  }, [conflict, setConflict, warn])

  const attempt = useCallback(async (saving: () => Promise<Versioned<Report>>, words: string) => {
    if (drafts.of(id)?.isSaving === true) return
    mark({ isSaving: true })
    try {
      finish(await saving(), words)
    } catch (error) {
      await failed(error).catch(tell)
    } finally {
      mark({ isSaving: false })
    }
  }, [drafts, failed, finish, id, mark, tell])

  return {
    isSaving,
    conflict,
    forget: () => setConflict(undefined),
    save: () =>
      attempt(() => isNew ? api.create(draft) : api.update(id, changesBetween(before, draft), read), t.saved()),
    saveCopy: () => attempt(() => api.create(copyOf(draft)), t.savedAsCopy()),
    /** Fields that only the other person changed keep the other person's values. */
    saveOver: ({ etag: theirs }: Versioned<Report>) =>
      attempt(
        () => api.update(id, changesBetween(before, draft), theirs ?? undefined),
        t.savedOver()
      ),
    takeTheirs: (theirs: Versioned<Report>) => finish(theirs, t.showingTheirs())
  }
}
