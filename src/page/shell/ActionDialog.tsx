import { type PropsWithChildren, useEffect, useRef } from "react"
import { isCancelled, sentence } from "../api/Problem.ts"
import { Dialog } from "./Dialog.tsx"
import { t } from "./messages.ts"
import { usePending } from "./usePending.ts"
import { useProblem } from "./useProblem.ts"

interface ActionDialogProps {
  readonly title: string
  readonly action: string
  /** The name of the button while the action runs. */
  readonly acting?: string
  readonly isDanger?: boolean
  readonly isReady?: boolean
  /** With it, the dialog stays open while the action runs. */
  readonly isBlocking?: boolean
  readonly onClose: () => void
  /** Closing the dialog aborts the signal. */
  readonly onAction: (signal: AbortSignal) => Promise<void> | void
}

/** Asks before an action, and says why it failed. Enter in a field begins the action. */
export const ActionDialog = (
  { acting, action, children, isBlocking = false, isDanger = true, isReady = true, onAction, onClose, title }:
    PropsWithChildren<ActionDialogProps>
) => {
  const [problem, setProblem] = useProblem()
  const { isPending, run } = usePending()
  const mustStay = isBlocking && isPending
  const asked = useRef<AbortController>(undefined)
  useEffect(() => () => asked.current?.abort(), [])
  const act = async () => {
    const { signal } = asked.current = new AbortController()
    setProblem(undefined)
    try {
      await onAction(signal)
    } catch (error) {
      if (!isCancelled(error)) setProblem(sentence(error))
    }
  }
  return (
    <Dialog
      title={title}
      isBlocking={mustStay}
      onClose={onClose}
      onSubmit={() => void run(act)}
      footer={
        <>
          <button type="button" disabled={mustStay} onClick={onClose}>{t.cancel()}</button>
          <button
            type="submit"
            className={isDanger ? "primary danger" : "primary"}
            disabled={isPending || !isReady}
          >
            {isPending ? acting ?? action : action}
          </button>
        </>
      }
    >
      {children}
      {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
    </Dialog>
  )
}
