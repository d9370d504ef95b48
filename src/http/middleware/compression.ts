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

/** All users share one copy of a static page, so no response budget counts it. */
export class StaticPage extends HttpBody.Uint8Array {
  readonly compressed: ReadonlyMap<string, Effect.Effect<Response>>

  constructor({ body, contentType }: HttpBody.Uint8Array, compressed: StaticPage["compressed"]) {
    super(body, contentType, body.length)
    this.compressed = compressed
  }
}

export const staticPage = Effect.fnUntraced(function*(page: Response) {
  const { body } = page
  if (body._tag !== "Uint8Array") return page
  const { compression } = yield* HttpPlatform.HttpPlatform
  const plain = HttpServerResponse.setBody(HttpServerResponse.empty(), body)
  const compressed = yield* Effect.forEach(encodings, (encoding) =>
    Effect.map(
      sharedOnce(compression.compressResponse(plain, encoding, { level: pageLevel })),
      (response) => [encoding, response] as const
    ))
  return HttpServerResponse.setBody(page, new StaticPage(body, new Map<string, Effect.Effect<Response>>(compressed)))
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
  ([permits, { isAborted, resize }]) => ({ algorithms, compressResponse }: Compression): Compression => {
    const withPermit = (
      request: HttpServerRequest.HttpServerRequest,
      response: Response,
      compressed: Effect.Effect<Response>
    ) =>
      permits.withPermit(Effect.suspend(() => {
        if (isAborted(request)) return Effect.succeed(response)
        return Effect.tap(Effect.uninterruptible(compressed), ({ body }) =>
          Effect.sync(() => resize(request, body._tag === "Uint8Array" ? body.contentLength : 0)))
      }))
    return {
      algorithms,
      compressResponse: (response, algorithm, options) => {
        const { body } = response
        const page = body instanceof StaticPage ? body.compressed.get(algorithm) : undefined
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
