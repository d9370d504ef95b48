import { useState } from "react"
import { useSaying } from "./Toasts.tsx"
import { useIsShown } from "./useIsShown.ts"

/**
 * Returns the problem of an action, a function that sets it, and a reference that is true while the dialog is shown. After
 * the dialog was closed, a toast says the problem.
 */
export const useProblem = () => {
  const { warn } = useSaying()
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const isShown = useIsShown()
  const tell = (text: string | undefined) => {
    if (isShown.current || text === undefined) setProblem(text)
    else warn(text)
  }
  return [problem, tell, isShown] as const
}
