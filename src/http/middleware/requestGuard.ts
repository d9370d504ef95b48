import { Context, Effect, Layer, SchemaAST } from "effect"
import { memoize } from "effect/Function"
import { type Headers, HttpServerRequest } from "effect/http"
import { type HttpApiEndpoint, HttpApiError } from "effect/http-api"
import { isUtf8 } from "node:buffer"
import { IncomingMessage } from "node:http"
import { OptionalQuery, RequestGuard } from "../../api/middleware.ts"
import { BodyTooLarge, RequestTimedOut, UnsupportedMediaType } from "../../api/RequestFailures.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import { withDeadline } from "../../services/admission/withDeadline.ts"
import { incomplete, unreadable } from "./errors.ts"
import { maxIssues, short, validationIssues } from "./validationIssues.ts"

type Request = HttpServerRequest.HttpServerRequest

export const maxBodyBytes = 1024 * 1024
const maxDepth = 64
const maxValues = 20_000
const maxObjects = 10_000
/** Smaller bodies are not scanned, because their depth and number of values are harmless. */
const unscannedBytes = 8 * 1024

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openingObject = 0x7b
const opening = new Set([0x5b, openingObject])
const closing = new Set([0x5d, 0x7d])

const endOfString = (bytes: Uint8Array, start: number): number => {
  let index = start + 1
  while (index < bytes.length && bytes[index] !== quote) index += bytes[index] === backslash ? 2 : 1
  return index
}

const isWithinLimits = (bytes: Uint8Array): boolean => {
  let depth = 0
  let values = 1
  let objects = 0
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0
    if (byte === quote) index = endOfString(bytes, index)
    else if (byte === comma) values++
    else if (opening.has(byte)) depth++
    else if (closing.has(byte)) depth--
    if (byte === openingObject) objects++
    if (depth > maxDepth || values > maxValues || objects > maxObjects) return false
  }
  return true
}

const hasByteOrderMark = (bytes: Uint8Array) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

export const bodyFault = (bytes: Uint8Array): string | undefined => {
  if (!isUtf8(bytes)) return "The body is not UTF-8."
  if (hasByteOrderMark(bytes)) return "The body begins with a byte order mark."
  if (bytes.length > unscannedBytes && !isWithinLimits(bytes)) {
    return `The body has more than ${maxValues} values or ${maxObjects} objects, or is nested deeper than ${maxDepth} levels.`
  }
  return undefined
}

const fail = Effect.suspend(() => Effect.fail(incomplete()))

const bytesOf = (source: IncomingMessage) =>
  Effect.callback<Buffer, InvalidRequest>((resume) => {
    const chunks: Array<Buffer> = []
    const end = () => resume(fail)
    source
      .on("data", (chunk: Buffer) => void chunks.push(chunk))
      .on("end", () => resume(Effect.succeed(Buffer.concat(chunks))))
      .on("error", end)
      .on("close", end)
    return Effect.sync(() => void source.pause())
  })

interface ReadBody {
  readonly bytes: Uint8Array
  /** A body can be read only once, so later readers read it from this request. */
  readonly request: Request
}

const requestWith = (request: Request, bytes: Buffer): Request =>
  Object.defineProperties(request.modify({}), {
    text: { value: Effect.sync(() => bytes.toString()) },
    arrayBuffer: { value: Effect.sync(() => Uint8Array.from(bytes).buffer) }
  })

/** Node ends such a body after `content-length` bytes, and the client does not wait for 100 Continue. */
const simpleSource = ({ headers, source }: Request): IncomingMessage | undefined =>
  source instanceof IncomingMessage && source.readable && headers["content-length"] !== undefined &&
    headers["expect"] === undefined
    ? source
    : undefined

/** A run has its place while its body is read, so a slow client must not keep it. */
const bodyTimeout = "5 seconds"

const wholeBody = (request: Request): Effect.Effect<ReadBody, InvalidRequest | BodyTooLarge> => {
  const source = simpleSource(request)
  if (source !== undefined) {
    return Effect.map(bytesOf(source), (bytes) => ({ bytes, request: requestWith(request, bytes) }))
  }
  return Effect.mapBoth(request.arrayBuffer, {
    onFailure: unreadable,
    onSuccess: (buffer) => ({ bytes: new Uint8Array(buffer), request })
  })
}

/** The caller has checked `content-length`. `bytesOf` needs less CPU time than `request.arrayBuffer`. */
export const bodyOf = (request: Request) =>
  wholeBody(request).pipe(
    withDeadline(bodyTimeout),
    Effect.catchTag("TimedOut", () => Effect.fail(new RequestTimedOut()))
  )

const json = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i

const bodyMethods = new Set(["POST", "PUT", "PATCH"])

const refusalOfHeaders = (headers: Headers.Headers) => {
  const { "content-encoding": encoding, "content-length": length, "content-type": type } = headers
  if (type !== undefined && !json.test(type)) return new UnsupportedMediaType()
  if (encoding !== undefined && encoding.toLowerCase() !== "identity") return new UnsupportedMediaType()
  return Number(length) > maxBodyBytes ? new BodyTooLarge() : undefined
}

const refusalOfBody = (bytes: Uint8Array, { "content-type": type }: Headers.Headers) => {
  if (bytes.length === 0) return undefined
  if (type === undefined) return new UnsupportedMediaType()
  const fault = bodyFault(bytes)
  return fault === undefined ? undefined : InvalidRequest.because(fault)
}

const isOfRequest = (error: unknown): error is HttpApiError.HttpApiSchemaError =>
  HttpApiError.HttpApiSchemaError.is(error) && error.kind !== "Body" && error.kind !== "ResponseHeaders"

/** Returns the request from which its body can be read. */
export const checkBody = Effect.flatMap(HttpServerRequest.HttpServerRequest, (sent) => {
  const { headers, method } = sent
  if (!bodyMethods.has(method)) return Effect.succeed(sent)
  const refusal = refusalOfHeaders(headers)
  if (refusal !== undefined) return Effect.fail(refusal)
  return Effect.flatMap(bodyOf(sent), ({ bytes, request }) => {
    const refusal = refusalOfBody(bytes, headers)
    return refusal === undefined ? Effect.succeed(request) : Effect.fail(refusal)
  })
})

const queryNames = memoize(({ annotations, query }: HttpApiEndpoint.Top): ReadonlyArray<string> => {
  const { ast } = query ?? Context.get(annotations, OptionalQuery) ?? {}
  return ast !== undefined && SchemaAST.isObjects(ast) ? ast.propertySignatures.map(({ name }) => String(name)) : []
})

/** The router accepts a query that begins with `;` or `#`, too. */
export const queryStart = (url: string): number => url.search(/[?;#]/)

/** A misspelled filter is refused, because ignoring it would return the full list. */
const checkQuery = (endpoint: HttpApiEndpoint.Top) =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ url }) => {
    const start = queryStart(url)
    if (start === -1) return Effect.void
    const allowed = queryNames(endpoint)
    // `URLSearchParams` drops a first question mark, but the router makes it a part of the first name.
    const names = new URLSearchParams(`?${url.slice(start + 1)}`).keys()
    const unknown = [...new Set(names)].filter((name) => !allowed.includes(name))
    if (unknown.length === 0) return Effect.void
    const message = allowed.length === 0
      ? "is not allowed: this operation has no query parameters"
      : `is not a query parameter of this operation, which has ${allowed.join(", ")}`
    return Effect.fail(InvalidRequest.of(unknown.slice(0, maxIssues).map((path) => ({ path: short(path), message }))))
  })

/** The guard runs after authentication, so the body of an anonymous request is never read. */
export const RequestGuardLayer = Layer.succeed(RequestGuard, (handler, { endpoint }) =>
  checkQuery(endpoint).pipe(
    Effect.andThen(endpoint.payload.size === 0 ? HttpServerRequest.HttpServerRequest : checkBody),
    Effect.flatMap((request) => Effect.provideService(handler, HttpServerRequest.HttpServerRequest, request)),
    Effect.mapError((error) => isOfRequest(error) ? InvalidRequest.of(validationIssues(error)) : error)
  ))
