import { createContext, useContext, useMemo, useSyncExternalStore } from "react"
import { type Editing, isDirty } from "./Editing.ts"
import type { Drafts, Edits } from "./noDrafts.ts"

const ofPeople = new Map<string, Drafts>()

const ask = (event: BeforeUnloadEvent) => event.preventDefault()

const all: Array<Pick<Drafts, "dirty">> = []

export const isAnyDirty = () => all.some((edits) => edits.dirty().size > 0)

const askIfDirty = () => {
  if (isAnyDirty()) addEventListener("beforeunload", ask)
  else removeEventListener("beforeunload", ask)
}

/** The browser and a sign-out ask before edits of which `isUnsaved` is true are lost. */
export const makeEdits = <A>(isUnsaved: (edit: A) => boolean): Edits<A> => {
  const kept = new Map<string, A>()
  const listeners = new Set<() => void>()
  const held: { dirty: ReadonlySet<string> } = { dirty: new Set() }
  const edits: Edits<A> = {
    of: (id) => kept.get(id),
    set: (id, edit) => {
      if (edit === undefined) kept.delete(id)
      else kept.set(id, edit)
      held.dirty = new Set([...kept].filter(([, one]) => isUnsaved(one)).map(([of]) => of))
      askIfDirty()
      for (const listener of listeners) listener()
    },
    dirty: () => held.dirty,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
  all.push(edits)
  return edits
}

export const DraftsContext = createContext<Drafts>(makeEdits(isDirty))

/** The drafts of a person are kept while somebody else is signed in. */
export const draftsOf = (person: string): Drafts => {
  const drafts = ofPeople.get(person) ?? makeEdits(isDirty)
  ofPeople.set(person, drafts)
  return drafts
}

export const useDirty = (): ReadonlySet<string> => {
  const drafts = useContext(DraftsContext)
  return useSyncExternalStore(drafts.subscribe, drafts.dirty)
}

export const useEditing = (id: string) => {
  const drafts = useContext(DraftsContext)
  const editing = useSyncExternalStore(drafts.subscribe, () => drafts.of(id))
  const { change, set } = useMemo(() => {
    const set = (next: Editing | undefined) => drafts.set(id, next)
    /** Changes the newest state of the edit. Returns false if the edit has ended. */
    const change = (make: (editing: Editing) => Editing): boolean => {
      const now = drafts.of(id)
      if (now !== undefined) set(make(now))
      return now !== undefined
    }
    return { change, set }
  }, [drafts, id])
  return [editing, set, change] as const
}
