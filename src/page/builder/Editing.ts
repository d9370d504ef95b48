import type { Design, Report, Versioned } from "../api/wire.ts"
import { changesBetween, type Draft, draftOf, sameDraft } from "./Draft.ts"

export interface Conflict {
  readonly theirs?: Versioned<Report>
  /** Without `theirs`, the reason why this person can no longer change the report. */
  readonly reason?: string
  readonly problem?: string
}

export interface Editing {
  readonly saved: Draft
  readonly etag: string | undefined
  readonly now: Draft
  readonly past: ReadonlyArray<Draft>
  readonly future: ReadonlyArray<Draft>
  /** `last` is the kind of the last change. Successive changes of one kind are undone together. */
  readonly last: string | undefined
  /** `design` is present if a wish made a change, even if that change is undone. */
  readonly design?: Design | undefined
  /** The number of changes before that of the wish. */
  readonly before?: number
  /** Names the new report that was begun. */
  readonly begun?: symbol
  /** A save goes on while the person looks at another report. */
  readonly isSaving?: boolean
  readonly conflict?: Conflict | undefined
}

const longest = 100

export const editingOf = (saved: Draft, etag: string | undefined): Editing => ({
  saved,
  etag,
  now: saved,
  past: [],
  future: [],
  last: undefined
})

/** After an undo of the change that a wish made, this is false. */
export const isDesigned = ({ before = 0, past }: Editing): boolean => past.length > before

/** A draft that is begun instead of another one can be undone, so that no work is lost. */
export const begun = (editing: Editing, now: Draft, design?: Design): Editing => ({
  ...changed(editing, now),
  design,
  before: Math.min(editing.past.length, longest - 1),
  begun: Symbol("begun")
})

/** Returns true if `later` is about another new report, which was begun after `sent` was sent to the service. */
export const isAnother = (later: Editing | undefined, sent: Editing): boolean =>
  later !== undefined && later.begun !== sent.begun

/** After the first save of a new report, another page shows the report, without the dialogs of this one. */
export const isFirstSave = (editing: Editing | undefined): boolean =>
  editing?.isSaving === true && editing.etag === undefined

export const changed = (editing: Editing, now: Draft, kind?: string): Editing => {
  if (sameDraft(editing.now, now)) return editing
  const isSame = kind !== undefined && kind === editing.last
  const past = isSame ? editing.past : [...editing.past, editing.now].slice(-longest)
  return { ...editing, now, past, future: [], last: kind, design: isDesigned(editing) ? editing.design : undefined }
}

export const undone = (editing: Editing): Editing => {
  const before = editing.past.at(-1)
  if (before === undefined) return editing
  return {
    ...editing,
    now: before,
    past: editing.past.slice(0, -1),
    future: [editing.now, ...editing.future],
    last: undefined
  }
}

export const redone = (editing: Editing): Editing => {
  const [next, ...future] = editing.future
  if (next === undefined) return editing
  return { ...editing, now: next, past: [...editing.past, editing.now], future, last: undefined }
}

export const isDirty = ({ now, saved }: Editing): boolean => !sameDraft(now, saved)

/** After `sent` was saved as `value`: fields that differ from `sent` stay, also after an undo. The others get their saved values. */
export const savedAs = (latest: Editing, sent: Draft, { etag, value }: Versioned<Draft>): Editing => {
  const saved = draftOf(value)
  const since = (draft: Draft): Draft => ({ ...saved, ...changesBetween(sent, draft) })
  const { future, now, past } = latest
  return {
    ...latest,
    saved,
    etag: etag ?? undefined,
    now: since(now),
    past: past.map(since),
    future: future.map(since),
    isSaving: false,
    conflict: undefined
  }
}
