import { Effect, Layer } from "effect"
import { HttpRouter, HttpServerResponse } from "effect/http"
import { HttpApiScalar } from "effect/http-api"
import { Api } from "../api/Api.ts"

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

const closed = HttpRouter.middleware((page) =>
  Effect.map(
    page,
    HttpServerResponse.setHeaders({
      "content-security-policy": policy,
      "referrer-policy": "no-referrer",
      "cache-control": "no-cache"
    })
  )
)

export const Docs = HttpApiScalar.layer(Api, {
  path: "/docs",
  scalar: { withDefaultFonts: false, theme: "default", showOperationId: true, defaultOpenAllTags: true }
}).pipe(Layer.provide(closed.layer))
