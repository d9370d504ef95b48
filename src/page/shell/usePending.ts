import { useCallback, useRef, useState } from "react"

/** Runs one action at a time. While it is pending, another one is not begun, whether a click or a key begins it. */
export const usePending = () => {
  const held = useRef(false)
  const [isPending, setPending] = useState(false)
  const run = useCallback(async (action: () => Promise<void>) => {
    if (held.current) return
    held.current = true
    setPending(true)
    try {
      await action()
    } finally {
      held.current = false
      setPending(false)
    }
  }, [])
  return { isPending, run }
}
