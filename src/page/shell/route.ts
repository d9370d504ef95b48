import { useMemo, useSyncExternalStore } from "react"

/** The route is in the fragment of the address, so the server needs only one document. */
export type Route =
  | { readonly page: "home" }
  | { readonly page: "new" }
  | { readonly page: "report"; readonly id: string; readonly query: URLSearchParams }
  | { readonly page: "snapshot"; readonly id: string }

export const routeOf = (hash: string): Route => {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?")
  const [page, id] = path.split("/")
  if (page === "new") return { page }
  if (page === "reports" && id !== undefined && id !== "") {
    return { page: "report", id, query: new URLSearchParams(query) }
  }
  if (page === "snapshots" && id !== undefined && id !== "") return { page: "snapshot", id }
  return { page: "home" }
}

const subscribe = (listener: () => void) => {
  addEventListener("hashchange", listener)
  return () => removeEventListener("hashchange", listener)
}

export const useRoute = (): Route => {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return useMemo(() => routeOf(hash), [hash])
}

export const reportAddress = (id: string, query = ""): string => `#/reports/${id}${query === "" ? "" : `?${query}`}`
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
