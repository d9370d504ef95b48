import { FindMyWay } from "effect/http"
import { HttpApi, type HttpApiEndpoint, type HttpApiGroup } from "effect/http-api"

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

const isAbsolute = (path: string): path is `/${string}` => path.startsWith("/")

const parametersIn = (path: string) => path.split("/:").length - 1

interface Route {
  readonly parameters: number
  readonly path: string
  readonly endpoint: HttpApiEndpoint.Top | undefined
}

export interface AllowedMethods {
  at(url: string): ReadonlyArray<string>
  isExactRoute(method: string, path: string): boolean
  endpointAt(method: string, url: string): HttpApiEndpoint.Top | undefined
  /** These paths are no routes, but a parameter of another route would match them. */
  readonly unrouted: ReadonlyArray<`/${string}`>
  /** Logs and metrics get the route without the values of its parameters. */
  routeOf(method: string, url: string): string
}

const unmatched = "unmatched"

/** A literal segment wins over a parameter, so `DELETE /crm-reports/catalog` is not `DELETE /crm-reports/:id`. */
export const allowedMethods = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>,
  others: ReadonlyArray<readonly [method: string, path: `/${string}`]>
): AllowedMethods => {
  const routes = FindMyWay.make<Route>()
  const exact = new Map<string, Set<string>>()
  const paths = new Set<string>()
  const parents = new Set<`/${string}`>()
  const add = (method: string, path: `/${string}`, endpoint?: HttpApiEndpoint.Top) => {
    const parameters = parametersIn(path)
    routes.on(method, path, { parameters, path, endpoint })
    paths.add(path)
    const parent = path.slice(0, path.lastIndexOf("/"))
    if (isAbsolute(parent) && parametersIn(parent) === 0) parents.add(parent)
    if (parameters === 0) exact.set(path, (exact.get(path) ?? new Set()).add(method))
  }
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint }) => {
      if (isAbsolute(endpoint.path)) add(endpoint.method, endpoint.path, endpoint)
    }
  })
  for (const [method, path] of others) add(method, path)
  const unrouted = [...parents].filter((path) => !paths.has(path) && routes.find("GET", path) !== undefined)
  for (const path of unrouted) {
    for (const method of methods) routes.on(method, path, { parameters: 0, path: unmatched, endpoint: undefined })
  }
  return {
    unrouted,
    endpointAt: (method, url) => routes.find(method, url)?.handler.endpoint,
    isExactRoute: (method, path) => exact.get(path)?.has(method) === true,
    routeOf: (method, url) => routes.find(method === "HEAD" ? "GET" : method, url)?.handler.path ?? unmatched,
    at: (url) => {
      const matches = methods.flatMap((method) => {
        const match = routes.find(method, url)
        return match === undefined || match.handler.path === unmatched
          ? []
          : [{ method, parameters: match.handler.parameters }]
      })
      const fewest = Math.min(...matches.map(({ parameters }) => parameters))
      const allowed = matches.filter(({ parameters }) => parameters === fewest).map(({ method }) => method)
      if (allowed.length === 0) return []
      return [
        ...(allowed.includes("GET") ? ["GET", "HEAD"] : []),
        ...allowed.filter((method) => method !== "GET"),
        "OPTIONS"
      ]
    }
  }
}
