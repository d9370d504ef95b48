import type { Editing } from "./Editing.ts"

/** The edits of a person, by id. They are kept while the page shows something else. */
export interface Edits<A> {
  readonly of: (id: string) => A | undefined
  readonly set: (id: string, edit: A | undefined) => void
  readonly dirty: () => ReadonlySet<string>
  readonly subscribe: (listener: () => void) => () => void
}

export type Drafts = Edits<Editing>

const noneDirty: ReadonlySet<string> = new Set()

/** With these drafts, reports are only shown: no edit begins. */
export const noDrafts: Drafts = {
  of: () => undefined,
  set: () => {},
  dirty: () => noneDirty,
  subscribe: () => () => {}
}
