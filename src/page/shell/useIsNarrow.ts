import { useSyncExternalStore } from "react"

const query = matchMedia("(max-width: 760px)")

const subscribe = (listener: () => void) => {
  query.addEventListener("change", listener)
  return () => query.removeEventListener("change", listener)
}

export const useIsNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches)
