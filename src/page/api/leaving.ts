import type { ToastList } from "../shell/ToastList.ts"
import { sentence } from "./Problem.ts"
import type { Listed } from "./wire.ts"

const held: { ids: ReadonlySet<string> } = { ids: new Set() }
const listeners = new Set<() => void>()

const show = (ids: ReadonlySet<string>) => {
  held.ids = ids
  for (const listener of listeners) listener()
}

export const leaves = (id: string) => show(new Set([...held.ids, id]))

export const stays = (id: string) => show(new Set([...held.ids].filter((one) => one !== id)))

/** The ids of reports and snapshots that lists leave out, because they are deleted when their toast closes. */
export const leaving = (): ReadonlySet<string> => held.ids

export const onLeaving = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const staying = <A extends { readonly id: string }>(all: Listed<A>, ids: ReadonlySet<string>): Listed<A> => {
  const results = all.results.filter(({ id }) => !ids.has(id))
  return { results, total: results.length }
}

interface Deletion {
  readonly id: string
  readonly text: string
  readonly send: () => Promise<void>
  readonly onDeleted: () => unknown
  readonly onUndone: () => void
}

/** Deletes when the toast closes without an undo, because the service cannot restore what is deleted. */
export const deleteLater = (
  { id, onDeleted, onUndone, send, text }: Deletion,
  { say, warn }: Pick<ToastList, "say" | "warn">
) => {
  leaves(id)
  say(text, {
    onUndo: () => {
      stays(id)
      onUndone()
    },
    onLeave: () => stays(id),
    onEnd: () =>
      void send().then(onDeleted, (error: unknown) => {
        stays(id)
        warn(sentence(error))
      })
  })
}
