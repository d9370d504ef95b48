import { Cache, Effect, Layer } from "effect"
import { memoize } from "effect/Function"
import { HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"
import { HttpApiScalar } from "effect/http-api"
import { DescribedApi, document } from "../api/openapi/document.ts"
import { asOpenApi30 } from "../api/openapi/downgrade.ts"
import { digestTag, isKnown } from "./etag.ts"
import { lastingPage } from "./middleware/compression.ts"

export const pages = ["/openapi.json", "/openapi-3.0.json", "/docs"] as const

/** The page brings its own script; whatever else it would fetch from the world, the browser refuses. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join("; ")

type Page = HttpServerResponse.HttpServerResponse

/** Each page is made once, and what it says is in memory. */
const tagOf = memoize(({ body }: Page): string | null => body._tag === "Uint8Array" ? digestTag(body.body) : null)

/** Who has a page already is told so: the reference is three megabytes. */
const known = Effect.map(
  Cache.make({ capacity: pages.length, lookup: lastingPage }),
  (lasting) => <E, R>(made: Effect.Effect<Page, E, R>) =>
    Effect.gen(function*() {
      const page = yield* Cache.get(lasting, yield* made)
      const request = yield* HttpServerRequest.HttpServerRequest
      const etag = tagOf(page)
      if (etag === null) return page
      const headers = { etag, "cache-control": "no-cache" }
      return isKnown(request.headers["if-none-match"], etag)
        ? HttpServerResponse.empty({ status: 304, headers })
        : HttpServerResponse.setHeaders(page, headers)
    })
)

const closed = HttpRouter.middleware(Effect.map(known, (known) => (page) =>
  Effect.map(
    known(page),
    HttpServerResponse.setHeaders({ "content-security-policy": policy, "referrer-policy": "no-referrer" })
  )))

/** Without what leads elsewhere: the page is for reading, and for trying against this service. */
const scalar = {
  withDefaultFonts: false,
  theme: "default",
  showOperationId: true,
  defaultOpenAllTags: true,
  favicon: "data:,",
  hideClientButton: true,
  showDeveloperTools: "never",
  authentication: { preferredSecurityScheme: "bearer" },
  customCss: ".darklight-reference a[href*='scalar.com'] { display: none } .markdown table { table-layout: auto }"
} as const

const Reference = HttpApiScalar.layer(DescribedApi, { path: "/docs", scalar }).pipe(Layer.provide(closed.layer))

const once = (make: () => unknown) =>
  Effect.flatMap(
    known,
    (known) => Effect.map(Effect.cached(Effect.sync(() => HttpServerResponse.jsonUnsafe(make()))), known)
  )

const Documents = HttpRouter.use(Effect.fnUntraced(function*(router) {
  yield* router.add("GET", "/openapi.json", yield* once(document))
  yield* router.add("GET", "/openapi-3.0.json", yield* once(() => asOpenApi30(document())))
}))

/** The contract as a document, and as a page to read. */
export const Docs = Layer.mergeAll(Documents, Reference)
