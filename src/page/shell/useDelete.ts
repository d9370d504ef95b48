import { sentence } from "../api/Problem.ts"
import { useRefresh } from "../api/queries.ts"
import { goTo } from "./route.ts"
import { useSaying } from "./Toasts.tsx"

interface Deletion {
  readonly kind: "report" | "snapshot"
  readonly id: string
  readonly text: string
  readonly address: string
  /** The page goes on to this address. */
  readonly next: string
  readonly send: () => Promise<void>
}

/** Deletes when the toast closes without an undo, because the service cannot restore what is deleted. */
export const useDelete = () => {
  const refresh = useRefresh()
  const { say, warn } = useSaying()
  return ({ address, id, kind, next, send, text }: Deletion) => {
    refresh.leaving(kind, id)
    goTo(next)
    say(text, {
      onUndo: () => {
        void refresh.notDeleted(kind, id)
        goTo(address)
      },
      onEnd: () =>
        void send().then(() => refresh.deleted(kind, id), (error: unknown) => {
          void refresh.notDeleted(kind, id)
          warn(sentence(error))
        })
    })
  }
}
