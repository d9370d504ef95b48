import { useEffect, useRef } from "react"

/** Returns a reference that is true while the calling component is shown. */
export const useIsShown = () => {
  const isShown = useRef(true)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])
  return isShown
}
