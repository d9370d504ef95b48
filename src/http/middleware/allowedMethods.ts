import { FindMyWay } from "effect/http"
import { HttpApi, type HttpApiGroup } from "effect/http-api"

const probed = ["GET", "POST", "PUT", "PATCH", "DELETE"]

const isAbsolute = (path: string): path is `/${string}` => path.startsWith("/")

const parametersIn = (path: string) => path.split("/:").length - 1

/** Which methods an address answers to: what `Allow` says. */
export interface Addresses {
  allowedAt(url: string): ReadonlyArray<string>
  /** The method has every word of the path for its own, so that no other's matter. */
  isPlain(method: string, path: string): boolean
}

/**
 * The addresses of an API, and those beside it that are read with GET, matched as the router matches them; but a word
 * is only ever that word, and never another method's `:id`.
 */
export const addressesOf = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>,
  pages: ReadonlyArray<`/${string}`>
): Addresses => {
  const known = FindMyWay.make<{ readonly parameters: number }>()
  const plain = new Map<string, Set<string>>()
  const add = (method: string, path: `/${string}`) => {
    const parameters = parametersIn(path)
    known.on(method, path, { parameters })
    if (parameters === 0) plain.set(path, (plain.get(path) ?? new Set()).add(method))
  }
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint: { method, path } }) => {
      if (isAbsolute(path)) add(method, path)
    }
  })
  for (const page of pages) add("GET", page)
  return {
    isPlain: (method, path) => plain.get(path)?.has(method) === true,
    allowedAt: (url) => {
      const found = probed.flatMap((method) => {
        const match = known.find(method, url)
        return match === undefined ? [] : [{ method, parameters: match.handler.parameters }]
      })
      const fewest = Math.min(...found.map(({ parameters }) => parameters))
      const methods = found.filter(({ parameters }) => parameters === fewest).map(({ method }) => method)
      if (methods.length === 0) return []
      return [
        ...(methods.includes("GET") ? ["GET", "HEAD"] : []),
        ...methods.filter((method) => method !== "GET"),
        "OPTIONS"
      ]
    }
  }
}
