import { useCallback, useSyncExternalStore } from "react"

const useMatches = (query: MediaQueryList): boolean => {
  const subscribe = useCallback((listener: () => void) => {
    query.addEventListener("change", listener)
    return () => query.removeEventListener("change", listener)
  }, [query])
  return useSyncExternalStore(subscribe, () => query.matches)
}

const narrow = matchMedia("(max-width: 760px)")
const coarse = matchMedia("(pointer: coarse)")

export const useIsNarrow = (): boolean => useMatches(narrow)

export const useIsCoarse = (): boolean => useMatches(coarse)
