import { Cache, Context, Effect, Layer } from "effect"
import { memoize } from "effect/Function"
import { HttpPlatform, HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"
import { HttpApiScalar } from "effect/http-api"
import { DescribedApi, document } from "../api/openapi/document.ts"
import { downgrade } from "../api/openapi/downgrade.ts"
import { sharedCache, sharedOnce } from "../domain/shared.ts"
import { staticPage } from "./middleware/compression.ts"
import { contentETag, isNotModified } from "./middleware/responseHeaders.ts"

export const pages = ["/openapi.json", "/openapi-3.0.json", "/docs"] as const

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

const etagIn = memoize(({ body }: Page): string | null => body._tag === "Uint8Array" ? contentETag(body.body) : null)

/** The page `/docs` has 3 MB, so a request with a current ETag gets 304. */
export const conditional = Effect.map(
  Effect.flatMap(HttpPlatform.HttpPlatform, (platform) =>
    sharedCache({
      capacity: pages.length,
      lookup: (page: Page) => Effect.provideService(staticPage(page), HttpPlatform.HttpPlatform, platform),
      cacheMillis: () => Infinity,
      fromCaller: Context.empty
    })),
  (pages) => <E, R>(built: Effect.Effect<Page, E, R>) =>
    Effect.gen(function*() {
      const page = yield* Cache.get(pages, yield* built)
      const request = yield* HttpServerRequest.HttpServerRequest
      const etag = etagIn(page)
      if (etag === null) return page
      const headers = { etag, "cache-control": "no-cache" }
      return isNotModified(request.headers["if-none-match"], etag)
        ? HttpServerResponse.empty({ status: 304, headers })
        : HttpServerResponse.setHeaders(page, headers)
    })
)

const withPolicy = HttpRouter.middleware(Effect.map(conditional, (conditional) => (page) =>
  Effect.map(
    conditional(page),
    HttpServerResponse.setHeaders({ "content-security-policy": policy, "referrer-policy": "no-referrer" })
  )))

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

const Reference = HttpApiScalar.layer(DescribedApi, { path: "/docs", scalar }).pipe(Layer.provide(withPolicy.layer))

const json = (build: () => unknown) =>
  Effect.flatMap(
    conditional,
    (conditional) => Effect.map(sharedOnce(Effect.sync(() => HttpServerResponse.jsonUnsafe(build()))), conditional)
  )

const Documents = HttpRouter.use(Effect.fnUntraced(function*(router) {
  yield* router.add("GET", "/openapi.json", yield* json(document))
  yield* router.add("GET", "/openapi-3.0.json", yield* json(() => downgrade(document())))
}))

export const Docs = Layer.mergeAll(Documents, Reference)
