import { FindMyWay } from "effect/http"
import { HttpApi, type HttpApiGroup } from "effect/http-api"

const probed = ["GET", "POST", "PUT", "PATCH", "DELETE"]

const isAbsolute = (path: string): path is `/${string}` => path.startsWith("/")

/** Which methods an address answers to: what `Allow` says. */
export interface Addresses {
  allowedAt(url: string): ReadonlyArray<string>
}

/** The addresses of an API, and those beside it that are read with GET, matched as the router matches them. */
export const addressesOf = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>,
  pages: ReadonlyArray<`/${string}`>
): Addresses => {
  const known = FindMyWay.make<true>()
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint }) => {
      if (isAbsolute(endpoint.path)) known.on(endpoint.method, endpoint.path, true)
    }
  })
  for (const page of pages) known.on("GET", page, true)
  return {
    allowedAt: (url) => {
      const methods = probed.filter((method) => known.find(method, url) !== undefined)
      if (methods.length === 0) return []
      return [
        ...(methods.includes("GET") ? ["GET", "HEAD"] : []),
        ...methods.filter((method) => method !== "GET"),
        "OPTIONS"
      ]
    }
  }
}
