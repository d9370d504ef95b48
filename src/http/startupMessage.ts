import { Console, Effect, Layer, Logger, Option } from "effect"
import { HttpServer } from "effect/http"
import { Config } from "../Config.ts"
import { OrgId, UserId } from "../domain/Ids.ts"
import { DevelopmentPeople, DevelopmentSignIn } from "./authentication/DevelopmentSignIn.ts"
import { signInSettings } from "./authentication/SignInSettings.ts"

/** A wrong NODE_ENV is reported later, together with all other wrong settings. */
export const logging = Layer.unwrap(Effect.match(Config.mode, {
  onFailure: () => Logger.layer([Logger.consoleLogFmt]),
  onSuccess: (mode) => Logger.layer([mode === "production" ? Logger.consoleJson : Logger.consoleLogFmt])
}))

export const announce = (text: string) =>
  Effect.flatMap(Config.mode, (mode) => mode === "production" ? Effect.logInfo(text) : Console.log(text))

const reachable = (address: string) => address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//127.0.0.1:")

const widgets = [{ instanceId: "1", metricId: "leads.by_status", chart: "donut" }]

const curl = (url: string, token: string) =>
  `curl -s ${url}/crm-reports/metrics/run -H 'Content-Type: application/json' -H 'Authorization: Bearer ${token}' -d '${
    JSON.stringify({ widgets, everyone: true })
  }'`

const places = (url: string) =>
  `CRM Reports listens at ${url}

  Reports      ${url}/app
  Reference    ${url}/docs
  OpenAPI      ${url}/openapi.json
`

const next = `Next
  Sign in as somebody else   npm run -s token -- --help
  Import your own data       stop the service, then npm run import -- FOLDER (docs/data.md)
  Run it in production       docs/operations.md
`

const empty =
  `The database has no organization yet: fill it with npm run seed or npm run import -- FOLDER (docs/data.md)
`

export const startupMessage = Layer.effectDiscard(Effect.gen(function*() {
  const url = reachable(yield* HttpServer.addressFormattedWith(Effect.succeed))
  if (Option.isSome(yield* signInSettings)) {
    return yield* Effect.logInfo(`CRM Reports listens at ${url}, described at ${url}/docs and ${url}/openapi.json`)
  }
  yield* Console.log(`\n${places(url)}`)
  const organization = (yield* DevelopmentPeople).find(({ people }) => people.length > 0)
  const admin = organization?.people.find(({ role }) => role === "admin")
  if (organization === undefined || admin === undefined) return yield* Console.log(empty)
  const caller = {
    organizationId: OrgId.make(organization.organizationId),
    userId: UserId.make(admin.userId),
    role: admin.role
  }
  const token = yield* DevelopmentSignIn.use(({ tokenFor }) => tokenFor(caller)).pipe(
    Effect.provide(DevelopmentSignIn.layer)
  )
  const request = curl(url, token)
  yield* Console.log(
    `Everybody's leads in ${organization.name} by status, as the admin ${admin.name}:\n\n${request}\n\n${next}`
  )
}))
