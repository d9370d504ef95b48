import { useMemo, useSyncExternalStore } from "react"
import { type Route, routeOf } from "./routeOf.ts"

const subscribe = (listener: () => void) => {
  addEventListener("hashchange", listener)
  return () => removeEventListener("hashchange", listener)
}

export const useRoute = (): Route => {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return useMemo(() => routeOf(hash), [hash])
}

export const reportAddress = (id: string, query = ""): string => `#/reports/${id}${query === "" ? "" : `?${query}`}`
export const slideshowAddress = "#/slideshow?every=30"
export const weightsAddress = "#/targets/weights"
export const comparisonAddress = (id: string, other: string, isChangedOnly = false): string =>
  `${snapshotAddress(id)}?with=${other}${isChangedOnly ? "&show=changes" : ""}`
export const snapshotAddress = (id: string): string => `#/snapshots/${id}`

/** After a new hash, the browser sends this event late. After `replaceState`, it sends none. */
const tell = () => dispatchEvent(new HashChangeEvent("hashchange"))

export const goTo = (address: string) => {
  location.hash = address
  tell()
}

/** Goes on from a report, unless the person has left it meanwhile. */
export const leave = (id: string, address: string) => {
  const route = routeOf(location.hash)
  if (route.page === "report" && route.id === id) goTo(address)
}

export const replaceAddress = (address: string) => {
  history.replaceState(null, "", address)
  tell()
}
