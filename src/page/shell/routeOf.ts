export interface ComparisonAsked {
  /** The id of another snapshot, or `live` for the numbers of now. */
  readonly other: string
  /** Cards without a change are left out. */
  readonly isChangedOnly: boolean
}

export type TargetsPart = "values" | "weights"

/** The route is in the fragment of the address, so the server needs only one document. */
export type Route =
  | { readonly page: "home" }
  | { readonly page: "new" }
  | { readonly page: "audit" }
  | { readonly page: "slideshow"; readonly seconds: number }
  | { readonly page: "targets"; readonly part: TargetsPart }
  | { readonly page: "report"; readonly id: string; readonly query: URLSearchParams }
  | { readonly page: "snapshot"; readonly id: string; readonly comparison: ComparisonAsked | undefined }

const usualSeconds = 30

/** The address of a display may have any text. */
const secondsIn = (query: string): number => {
  const asked = Number(new URLSearchParams(query).get("every"))
  return asked >= 1 && asked <= 3_600 ? asked : usualSeconds
}

export const routeOf = (hash: string): Route => {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?")
  const [page, id] = path.split("/")
  if (page === "new" || page === "audit") return { page }
  if (page === "slideshow") return { page, seconds: secondsIn(query) }
  if (page === "targets") return { page, part: id === "weights" ? id : "values" }
  // Other ids would be read as paths of the API, such as `catalog`.
  if (id === undefined || !/^(new|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i.test(id)) return { page: "home" }
  if (page === "reports") return { page: "report", id, query: new URLSearchParams(query) }
  if (page === "snapshots") {
    const asked = new URLSearchParams(query)
    const other = asked.get("with")
    return {
      page: "snapshot",
      id,
      comparison: other === null ? undefined : { other, isChangedOnly: asked.get("show") === "changes" }
    }
  }
  return { page: "home" }
}
