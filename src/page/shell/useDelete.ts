import { deleteLater } from "../api/leaving.ts"
import { useRefresh } from "../api/queries.ts"
import { goTo, reportAddress, snapshotAddress } from "./route.ts"
import { useSaying } from "./Toasts.tsx"

interface Deletion {
  readonly kind: "report" | "snapshot"
  readonly id: string
  readonly text: string
  /** The page goes on to this address. */
  readonly next: string
  readonly send: () => Promise<void>
}

export const useDelete = () => {
  const refresh = useRefresh()
  const saying = useSaying()
  return ({ id, kind, next, send, text }: Deletion) => {
    const onDeleted = () => refresh.deleted(kind, id)
    const onUndone = () => goTo(kind === "report" ? reportAddress(id) : snapshotAddress(id))
    deleteLater({ id, text, send, onDeleted, onUndone }, saying)
    goTo(next)
  }
}
