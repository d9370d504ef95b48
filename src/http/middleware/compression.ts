import { Context, Effect, Option, Semaphore } from "effect"
import { HttpBody, HttpPlatform, HttpServerRequest, HttpServerResponse } from "effect/http"
import { sharedOnce } from "../../domain/shared.ts"
import { ResponseBudget, smallBytes } from "./responseBudget.ts"

type Response = HttpServerResponse.HttpServerResponse
type Compression = HttpPlatform.HttpPlatform["Service"]["compression"]

export const encodings = ["br", "gzip"] as const

/** Compressing some megabytes takes 0.1 s at this level, and 5 s at the highest level. */
const pageLevel = 5

/** Compressing a large body needs megabytes of memory, and a thread that sign-in needs too. */
const largeAtOnce = 2

const pages = new WeakMap<HttpBody.HttpBody, ReadonlyMap<string, Effect.Effect<Response>>>()

/** All users share one copy of a static page, so no response budget counts it. */
export const isStaticPage = (body: HttpBody.HttpBody): boolean => pages.has(body)

export const staticPage = Effect.fnUntraced(function*(page: Response) {
  const { body } = page
  if (body._tag !== "Uint8Array") return page
  const { compression } = yield* HttpPlatform.HttpPlatform
  const bytes = HttpBody.uint8Array(body.body, body.contentType)
  const plain = HttpServerResponse.setBody(HttpServerResponse.empty(), bytes)
  const compressed = yield* Effect.forEach(encodings, (encoding) =>
    Effect.map(
      sharedOnce(compression.compressResponse(plain, encoding, { level: pageLevel })),
      (response) => [encoding, response] as const
    ))
  pages.set(bytes, new Map<string, Effect.Effect<Response>>(compressed))
  return HttpServerResponse.setBody(page, bytes)
})

const withPageHeaders = (page: Response, { body, headers }: Response): Response => {
  const { etag, vary } = page.headers
  return HttpServerResponse.setHeaders(HttpServerResponse.setBody(page, body), {
    ...headers,
    ...(vary !== undefined && { vary }),
    ...(etag !== undefined && { etag: `W/${etag}` })
  })
}

export const compression = Effect.map(
  Effect.all([Semaphore.make(largeAtOnce), ResponseBudget]),
  ([permits, { isAborted, reserve }]) => ({ algorithms, compressResponse }: Compression): Compression => {
    const withPermit = (
      request: HttpServerRequest.HttpServerRequest,
      response: Response,
      compressed: Effect.Effect<Response>
    ) =>
      permits.withPermit(Effect.suspend(() => {
        if (isAborted(request)) return Effect.succeed(response)
        return Effect.tap(Effect.uninterruptible(compressed), ({ body }) =>
          Effect.sync(() => reserve(request, body._tag === "Uint8Array" ? body.contentLength : 0)))
      }))
    return {
      algorithms,
      compressResponse: (response, algorithm, options) => {
        const { body } = response
        const page = pages.get(body)?.get(algorithm)
        if (page !== undefined) return Effect.map(page, (compressed) => withPageHeaders(response, compressed))
        const compressed = compressResponse(response, algorithm, options)
        if (body._tag !== "Uint8Array" || body.contentLength <= smallBytes) return compressed
        return Effect.contextWith((context: Context.Context<never>) =>
          Option.match(Context.getOption(context, HttpServerRequest.HttpServerRequest), {
            onNone: () => compressed,
            onSome: (request) => withPermit(request, response, compressed)
          })
        )
      }
    }
  }
)
