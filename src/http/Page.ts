import { Effect, Option } from "effect"
import { HttpRouter, HttpServerResponse } from "effect/http"
import { existsSync, globSync, readFileSync } from "node:fs"
import { extname, join } from "node:path"
import { RouteNotFound } from "../api/RequestFailures.ts"
import { signInSettings } from "./authentication/SignInSettings.ts"
import { conditional } from "./Docs.ts"
import { failureResponse } from "./middleware/errors.ts"

export const pageAddresses = ["/", "/app", "/app/assets/*"] as const

const types = new Map([
  [".css", "text/css; charset=utf-8"],
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".woff2", "font/woff2"]
])

/** The first folder exists in the npm package, and the second in a git clone. */
const folders = ["../../page", "../../dist/page"].map((folder) => join(import.meta.dirname, folder))

/** Clerk's library runs its timers in a worker that is made from a blob. */
const withClerk = (host: string) => [`connect-src 'self' https://${host}`, "worker-src blob:"]

const policyWith = (clerkHost: string | undefined) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ...(clerkHost === undefined ? ["connect-src 'self'"] : withClerk(clerkHost)),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join("; ")

const ofPage = (clerkHost: string | undefined) => ({
  "content-security-policy": policyWith(clerkHost),
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()"
})

/** The name of an asset contains a hash of its content, so the file never changes. */
const ofAsset = { "cache-control": "public, max-age=31536000, immutable" }

const responseOf = (file: string) =>
  HttpServerResponse.uint8Array(readFileSync(file), {
    contentType: types.get(extname(file)) ?? "application/octet-stream"
  })

const served = Effect.fnUntraced(function*(file: string, headers: Readonly<Record<string, string>>) {
  const response = responseOf(file)
  return Effect.map((yield* conditional)(Effect.succeed(response)), HttpServerResponse.setHeaders(headers))
})

const redirect = (to: string) => Effect.succeed(HttpServerResponse.redirect(to, { status: 302 }))

const notBuilt = failureResponse(
  new RouteNotFound({ message: "The page is not built. Run `npm run page` with the development dependencies." })
)

const withoutPage = Effect.fnUntraced(function*(router: HttpRouter.HttpRouter) {
  yield* router.add("GET", "/", redirect("/docs"))
  yield* router.add("GET", "/app", notBuilt)
})

const withPage = Effect.fnUntraced(function*(router: HttpRouter.HttpRouter, folder: string) {
  const clerkHost = Option.getOrUndefined(yield* signInSettings)?.page?.host
  yield* router.add("GET", "/", redirect("/app/"))
  yield* router.add("GET", "/app", yield* served(join(folder, "index.html"), ofPage(clerkHost)))
  for (const asset of globSync("assets/*", { cwd: folder })) {
    yield* router.add("GET", `/app/${asset}`, yield* served(join(folder, asset), ofAsset))
  }
})

export const builtPage = () => folders.find((candidate) => existsSync(join(candidate, "index.html")))

export const Page = HttpRouter.use((router) => {
  const folder = builtPage()
  return folder === undefined ? withoutPage(router) : withPage(router, folder)
})
