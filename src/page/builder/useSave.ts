import { useQueryClient } from "@tanstack/react-query"
import { useCallback, useContext, useMemo, useState } from "react"
import type { Versioned } from "../api/Api.ts"
import { isProblem, sentence } from "../api/Problem.ts"
import { useClient, useRefresh } from "../api/queries.ts"
import type { Report } from "../api/wire.ts"
import { leave, reportAddress } from "../shell/route.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { changesBetween, copyOf, type Draft, draftOf, sameDraft } from "./Draft.ts"
import { DraftsContext } from "./Drafts.ts"
import { type Editing, isAnother } from "./Editing.ts"

export interface Conflict {
  readonly theirs?: Versioned<Report>
  /** Without `theirs`, the reason why this person can no longer change the report. */
  readonly reason?: string
  readonly problem?: string
}

const titled = (draft: Draft): Draft => draft.title.trim() === "" ? { ...draft, title: "Untitled report" } : draft

export const useSave = (id: string, editing: Editing, onEditing: (editing: Editing | undefined) => void) => {
  const { api } = useClient()
  const { say, warn } = useSaying()
  const cache = useQueryClient()
  const refresh = useRefresh()
  const drafts = useContext(DraftsContext)
  const [conflict, setConflict] = useState<Conflict | undefined>(undefined)
  const isNew = editing.etag === undefined

  const draft = useMemo(() => titled(editing.now), [editing.now])

  const finish = useCallback((saved: Versioned<Report>, words: string) => {
    const { etag, value } = saved
    // A version that was read before this save must not replace it.
    void cache.cancelQueries({ queryKey: ["report", value.id] })
    cache.setQueryData(["report", value.id], saved)
    const latest = drafts.of(id)
    setConflict(undefined)
    void refresh.reports()
    if (isAnother(latest, editing)) return say(words)
    onEditing(undefined)
    const isEditedSince = latest !== undefined && latest.now !== editing.now
    if (isEditedSince) {
      drafts.set(value.id, { ...latest, saved: draftOf(value), etag: etag ?? undefined, isSaving: false })
    }
    if (value.id !== id) leave(id, reportAddress(value.id))
    say(isEditedSince ? `${words}. Your newer changes are not saved yet.` : words)
  }, [cache, drafts, editing, id, onEditing, refresh, say])

  const failed = useCallback(async (error: unknown) => {
    if (isProblem(error, "report_changed")) {
      const theirs = await api.report(id)
      // The response of an earlier save may have been lost.
      return sameDraft(theirs.value, draft) ? finish(theirs, "Saved") : setConflict({ theirs })
    }
    if (isProblem(error, "report_not_yours")) return setConflict({ reason: sentence(error) })
    if (isProblem(error, "report_not_found")) {
      return setConflict({ reason: "It was deleted, or its owner made it private." })
    }
    throw error
  }, [api, draft, finish, id])

  const tell = useCallback((error: unknown) => {
    const problem = `Not saved: ${sentence(error)} Your changes are still here.`
    if (conflict === undefined) warn(problem)
    else setConflict({ ...conflict, problem })
  }, [conflict, warn])

  const attempt = useCallback(async (saving: () => Promise<Versioned<Report>>, words: string) => {
    const mark = (isSaving: boolean) => {
      const latest = drafts.of(id)
      if (latest !== undefined) drafts.set(id, { ...latest, isSaving })
    }
    mark(true)
    try {
      finish(await saving(), words)
    } catch (error) {
      await failed(error).catch(tell)
    } finally {
      mark(false)
    }
  }, [drafts, failed, finish, id, tell])

  const { etag, isSaving = false, saved } = editing
  return {
    isSaving,
    conflict,
    forget: () => setConflict(undefined),
    save: () => attempt(() => isNew ? api.create(draft) : api.update(id, changesBetween(saved, draft), etag), "Saved"),
    saveCopy: () => attempt(() => api.create(copyOf(draft)), "Saved as a copy"),
    /** Fields that only the other person changed keep the other person's values. */
    saveOver: ({ etag: theirs }: Versioned<Report>) =>
      attempt(
        () => api.update(id, changesBetween(saved, draft), theirs ?? undefined),
        "Saved over their version"
      ),
    takeTheirs: (theirs: Versioned<Report>) => finish(theirs, "Showing their version")
  }
}
