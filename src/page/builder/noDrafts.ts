import type { Editing } from "./Editing.ts"

export interface Drafts {
  readonly of: (id: string) => Editing | undefined
  readonly set: (id: string, editing: Editing | undefined) => void
  readonly dirty: () => ReadonlySet<string>
  readonly subscribe: (listener: () => void) => () => void
}

const noneDirty: ReadonlySet<string> = new Set()

/** With these drafts, reports are only shown: no edit begins. */
export const noDrafts: Drafts = {
  of: () => undefined,
  set: () => {},
  dirty: () => noneDirty,
  subscribe: () => () => {}
}
