import { Effect, Schema } from "effect"
import { FetchHttpClient, HttpClient, HttpClientResponse } from "effect/http"
import { Config } from "../../Config.ts"
import { portIsFree } from "../preflight.ts"
import { ok, problemsIn } from "./Finding.ts"

const OurContract = Schema.Struct({ info: Schema.Struct({ title: Schema.Literal("CRM Reports") }) })

const anyAddress = new Set(["0.0.0.0", "::", ""])

const isOurs = (host: string, port: number) => {
  const url = `http://${anyAddress.has(host) ? "127.0.0.1" : host}:${port}/openapi.json`
  return HttpClient.get(url).pipe(
    Effect.flatMap(HttpClientResponse.schemaBodyJson(OurContract)),
    Effect.timeout("3 seconds"),
    Effect.match({ onSuccess: () => true, onFailure: () => false }),
    Effect.provide(FetchHttpClient.layer)
  )
}

export const port = Effect.gen(function*() {
  const [host, number] = [yield* Config.host, yield* Config.port]
  return yield* Effect.matchEffect(portIsFree(host, number), {
    onSuccess: (found) => Effect.succeed({ isServing: false, findings: [ok(`${found} can be listened on`)] }),
    onFailure: (error) =>
      Effect.map(isOurs(host, number), (isServing) => ({
        isServing,
        findings: isServing ? [ok(`port ${number} is in use by this service`)] : problemsIn(error)
      }))
  })
})
