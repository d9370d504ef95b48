import { Context, Effect, Fiber, Option, Semaphore } from "effect"
import { HttpBody, HttpPlatform, HttpServerRequest, HttpServerResponse } from "effect/http"
import { smallBytes, Undelivered } from "./responseBudget.ts"

type Response = HttpServerResponse.HttpServerResponse
type Compression = HttpPlatform.HttpPlatform["Service"]["compression"]

export const encodings = ["br", "gzip"] as const

/** Of a page of megabytes: a tenth of a second for its first reader, where the best would take five. */
const pageLevel = 5

/** Encoders of large answers at a time: each takes megabytes and cannot be stopped, and sign-in needs their threads too. */
const largeAtOnce = 2

/** By body, what it is compressed to. */
const lasting = new WeakMap<HttpBody.HttpBody, ReadonlyMap<string, Effect.Effect<Response>>>()

/** Whether the body is in memory for everybody, and nobody's to be counted. */
export const isLasting = (body: HttpBody.HttpBody): boolean => lasting.has(body)

/** Begins when it is first asked for, and goes on when whoever asked has left: all that come wait for the same. */
const once = <A>(effect: Effect.Effect<A>): Effect.Effect<A> => {
  let running: Fiber.Fiber<A> | undefined
  return Effect.suspend(() => Fiber.join(running ??= Effect.runFork(effect)))
}

/** A page that is made once: compressed once for each encoding, and sent from one place in memory. */
export const lastingPage = Effect.fnUntraced(function*(page: Response) {
  const { body } = page
  if (body._tag !== "Uint8Array") return page
  const { compression } = yield* HttpPlatform.HttpPlatform
  const bytes = HttpBody.uint8Array(body.body, body.contentType)
  const plain = HttpServerResponse.setBody(HttpServerResponse.empty(), bytes)
  const compressed = encodings.map((encoding) =>
    [encoding, once(compression.compressResponse(plain, encoding, { level: pageLevel }))] as const
  )
  lasting.set(bytes, new Map<string, Effect.Effect<Response>>(compressed))
  return HttpServerResponse.setBody(page, bytes)
})

/** The page's own headers around what it is compressed to, also its `Vary`, which names what compresses. */
const dressed = (page: Response, { body, headers }: Response): Response => {
  const { etag, vary } = page.headers
  return HttpServerResponse.setHeaders(HttpServerResponse.setBody(page, body), {
    ...headers,
    ...(vary !== undefined && { vary }),
    ...(etag !== undefined && { etag: `W/${etag}` })
  })
}

/** Compresses as it is told, but large answers in turn, none that nobody waits for any more, and pages once. */
export const compressing = Effect.map(
  Effect.all([Semaphore.make(largeAtOnce), Undelivered]),
  ([turns, { hold, isGone }]) => ({ algorithms, compressResponse }: Compression): Compression => {
    const inTurn = (
      request: HttpServerRequest.HttpServerRequest,
      response: Response,
      compressed: Effect.Effect<Response>
    ) =>
      turns.withPermit(Effect.suspend(() => {
        if (isGone(request)) return Effect.succeed(response)
        return Effect.tap(Effect.uninterruptible(compressed), ({ body }) =>
          Effect.sync(() => hold(request, body._tag === "Uint8Array" ? body.contentLength : 0)))
      }))
    return {
      algorithms,
      compressResponse: (response, algorithm, options) => {
        const { body } = response
        const page = lasting.get(body)?.get(algorithm)
        if (page !== undefined) return Effect.map(page, (compressed) => dressed(response, compressed))
        const compressed = compressResponse(response, algorithm, options)
        if (body._tag !== "Uint8Array" || body.contentLength <= smallBytes) return compressed
        return Effect.contextWith((context: Context.Context<never>) =>
          Option.match(Context.getOption(context, HttpServerRequest.HttpServerRequest), {
            onNone: () => compressed,
            onSome: (request) => inTurn(request, response, compressed)
          })
        )
      }
    }
  }
)
