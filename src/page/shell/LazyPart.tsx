import { type ComponentType, type PropsWithChildren, type ReactNode, Suspense, use } from "react"
import { Boundary, NotLoaded } from "../card/Boundary.tsx"
import { t } from "./messages.ts"
import { untilLoaded } from "./untilLoaded.ts"

/**
 * A component whose code is loaded when it is shown. React's `lazy` would keep a failed load for the life of the tab. After
 * a failed load, this component is loaded again when it is shown again, with one try.
 */
export const lazyPart = <P extends object>(load: () => Promise<ComponentType<P>>, tries?: number) => {
  const held: { code?: Promise<ComponentType<P>>; tries: number | undefined } = { tries }
  const begin = () => {
    const code = untilLoaded(load, held.tries).catch((error: unknown) => {
      throw new NotLoaded(error, () => {
        // Another place may have begun a newer load.
        if (held.code === code) delete held.code
        held.tries = 0
      })
    })
    return code
  }
  const Part = (props: P) => {
    const Loaded = use(held.code ??= begin())
    return <Loaded {...props} />
  }
  return Part
}

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
