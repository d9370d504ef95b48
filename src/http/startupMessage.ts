import { Console, Effect, Layer, Option } from "effect"
import { HttpServer } from "effect/http"
import { OrgId, UserId } from "../domain/Ids.ts"
import { DevelopmentSignIn } from "./authentication/DevelopmentSignIn.ts"
import { signInSettings } from "./authentication/SignInSettings.ts"

const ana = { organizationId: OrgId.make("org_demo"), userId: UserId.make("user_ana"), role: "admin" } as const

const developmentToken = DevelopmentSignIn.use(({ tokenFor }) => tokenFor(ana)).pipe(
  Effect.provide(DevelopmentSignIn.layer)
)

const reachable = (address: string) => address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//127.0.0.1:")

const body = { widgets: [{ instanceId: "1", metricId: "leads.by_status", chart: "donut" }] }

const curl = (url: string, token: string) =>
  `curl -s ${url}/crm-reports/metrics/run -H 'Content-Type: application/json' -H 'Authorization: Bearer ${token}' -d '${
    JSON.stringify(body)
  }'`

/** Says at the start where the service is, and prints one request that works as pasted. */
export const Greeting = Layer.effectDiscard(Effect.gen(function*() {
  const url = reachable(yield* HttpServer.addressFormattedWith(Effect.succeed))
  const found = `CRM Reports listens at ${url}, described at ${url}/docs and ${url}/openapi.json`
  if (Option.isSome(yield* signInSettings)) return yield* Effect.logInfo(found)
  yield* Console.log(found)
  const token = yield* developmentToken
  yield* Console.log(`Try it as an admin of the demo organization:\n\n${curl(url, token)}\n`)
}))
