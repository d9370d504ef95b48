import { Effect, Option } from "effect"
import { FetchHttpClient, HttpClient } from "effect/http"
import { Config } from "../../Config.ts"
import { listenHost } from "../../http/Server.ts"
import { mainPortIsFree, metricsPortIsFree } from "../freePorts.ts"
import { ok, problemsIn } from "./Finding.ts"

const anyAddress = new Map([["0.0.0.0", "127.0.0.1"], ["::", "::1"]])

export const localUrl = (host: string, port: number): string => {
  const address = anyAddress.get(host) ?? host
  return `http://${address.includes(":") ? `[${address}]` : address}:${port}`
}

/** Only this service answers `url` with a text that contains `mark`. */
const isOurs = (url: string, mark: string) =>
  HttpClient.get(url).pipe(
    Effect.flatMap(({ text }) => text),
    // A busy service needs seconds to write its OpenAPI document for the first time.
    Effect.timeout("10 seconds"),
    Effect.match({ onSuccess: (text) => text.includes(mark), onFailure: () => false }),
    Effect.provide(FetchHttpClient.layer)
  )

const examined = Effect.fnUntraced(
  function*<E>(isFree: Effect.Effect<string, E>, number: number, path: string, mark: string) {
    const url = `${localUrl(yield* listenHost, number)}${path}`
    return yield* Effect.matchEffect(isFree, {
      onSuccess: (found) => Effect.succeed({ isServing: false, findings: [ok(`${found} can be listened on`)] }),
      onFailure: (error) =>
        Effect.map(isOurs(url, mark), (isServing) => ({
          isServing,
          findings: isServing ? [ok(`port ${number} is in use by this service`)] : problemsIn(error)
        }))
    })
  }
)

export const port = Effect.gen(function*() {
  const main = yield* examined(mainPortIsFree, yield* Config.port, "/openapi.json", "\"title\":\"CRM Reports\"")
  const metrics = yield* Effect.forEach(
    Option.toArray(yield* Config.metricsPort),
    (number) => examined(metricsPortIsFree(number), number, "/metrics", "crm_reports_connections_limit")
  )
  return { ...main, findings: [main, ...metrics].flatMap(({ findings }) => findings) }
})
