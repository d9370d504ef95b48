import type { ComponentType, PropsWithChildren, ReactNode } from "react"
import { Dialog } from "./Dialog.tsx"
import { LazyPart, lazyPart } from "./LazyPart.tsx"
import { t } from "./messages.ts"

/** A dialog says at once that its code cannot be loaded. It is loaded again when it is opened again. */
export const lazyDialog = <P extends object>(load: () => Promise<ComponentType<P>>) => lazyPart(load, 0)

interface LazyDialogProps {
  /** After an error, a change of this value draws the dialog again. */
  readonly of: unknown
  readonly problem: string
  /** Is shown until the code is loaded. */
  readonly waiting?: ReactNode
  readonly onClose: () => void
}

/** A dialog whose code is loaded when it opens. */
export const LazyDialog = ({ children, of, onClose, problem, waiting }: PropsWithChildren<LazyDialogProps>) => {
  const fallback = (
    <Dialog title={problem} onClose={onClose}>
      <p role="alert">{t.partNotLoaded()}</p>
    </Dialog>
  )
  return (
    <LazyPart of={of} waiting={waiting} fallback={fallback}>
      {children}
    </LazyPart>
  )
}
