import { Clock, Effect, Option } from "effect"
import { FetchHttpClient, HttpClient, HttpClientRequest, type HttpClientResponse } from "effect/http"
import { keySetIn, keySetRequest } from "../../http/authentication/SigningKeys.ts"
import { instanceWarnings, type SignInSettings, signInSettings } from "../../http/authentication/SignInSettings.ts"
import { clockFindings } from "./clock.ts"
import { advice, type Finding, ok, problem } from "./Finding.ts"

const refusals = new Set([401, 403])

const keyFindings = ({ key }: SignInSettings, published: ReadonlyArray<string>) => {
  const isPublished = "pem" in key ? published.includes(key.pem) : published.length > 0
  if (isPublished) return [ok("Clerk publishes the key that checks tokens")]
  if (!("pem" in key)) {
    return [problem("Clerk publishes no RSA key, so no token can be checked: check CLERK_SECRET_KEY and CLERK_API_URL")]
  }
  return [problem("CLERK_JWT_KEY is not a key of this Clerk instance: copy the JWKS public key of the instance")]
}

/** Without CLERK_SECRET_KEY, the service never asks Clerk, so a failure of this request is only advice. */
const sourceOf = ({ issuer, keys }: SignInSettings) =>
  keys === undefined
    ? { address: issuer, request: HttpClientRequest.get(`${issuer}/.well-known/jwks.json`), graded: advice }
    : { address: keys.apiUrl, request: keySetRequest(keys), graded: problem }

const answered = Effect.fnUntraced(
  function*(settings: SignInSettings, response: HttpClientResponse.HttpClientResponse) {
    const { address, graded } = sourceOf(settings)
    if (settings.keys !== undefined && refusals.has(response.status)) {
      return [
        problem(`Clerk refuses CLERK_SECRET_KEY (status ${response.status}): copy the secret key of the instance`)
      ]
    }
    const findings: ReadonlyArray<Finding> = yield* keySetIn(response).pipe(
      Effect.map((keys) => keyFindings(settings, [...keys.values()])),
      Effect.orElseSucceed(() => [
        graded(`${address} does not answer as Clerk (status ${response.status}): check CLERK_API_URL and CLERK_ISSUER`)
      ])
    )
    const theirs = Date.parse(response.headers["date"] ?? "")
    return [...findings, ...clockFindings("Clerk", theirs, yield* Clock.currentTimeMillis)]
  }
)

const asked = (settings: SignInSettings) => {
  const { address, graded, request } = sourceOf(settings)
  return HttpClient.execute(request).pipe(
    Effect.flatMap((response) => answered(settings, response)),
    Effect.timeout("5 seconds"),
    Effect.orElseSucceed(() => [
      graded(`Clerk cannot be reached at ${address}: check the network, CLERK_API_URL and CLERK_ISSUER`)
    ]),
    Effect.provide(FetchHttpClient.layer)
  )
}

const pageFindings = (settings: SignInSettings) =>
  settings.page === undefined
    ? [advice("CLERK_PUBLISHABLE_KEY is missing, so nobody can sign in on the page: set it if you use the page")]
    : instanceWarnings(settings).map(advice)

export const signIn = Effect.flatMap(
  signInSettings,
  Option.match({
    onNone: () => Effect.succeed([ok("sign-in is the development sign-in, which is not for production")]),
    onSome: (settings) =>
      Effect.map(asked(settings), (findings) => [ok("sign-in is by Clerk"), ...findings, ...pageFindings(settings)])
  })
)
