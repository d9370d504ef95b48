import { type ComponentType, lazy, type PropsWithChildren, type ReactNode, Suspense } from "react"
import { Boundary } from "../card/Boundary.tsx"
import { t } from "./messages.ts"
import { untilLoaded } from "./untilLoaded.ts"

/** A component whose code is loaded when it is first shown. */
export const lazyPart = <P extends object>(load: () => Promise<ComponentType<P>>) =>
  lazy(async () => ({ default: await untilLoaded(load) }))

interface LazyPartProps {
  /** After an error, a change of this value draws the part again. */
  readonly of?: unknown
  /** Is shown until the code is loaded. */
  readonly waiting: ReactNode
  readonly fallback?: ReactNode
}

/** A part of the page whose code is loaded when it is shown. */
export const LazyPart = (
  { children, fallback = <p role="alert">{t.partNotLoaded()}</p>, of, waiting }: PropsWithChildren<LazyPartProps>
) => (
  <Boundary of={of} fallback={fallback}>
    <Suspense fallback={waiting}>{children}</Suspense>
  </Boundary>
)
