import { Effect } from "effect"
import type { HttpServerRequest } from "effect/http"
import { IncomingMessage } from "node:http"
import { type BodyTooLarge, RequestTimedOut } from "../../api/RequestFailures.ts"
import type { InvalidRequest } from "../../domain/InvalidRequest.ts"
import { withDeadline } from "../../services/admission/withDeadline.ts"
import { incomplete, unreadable } from "./errors.ts"

type Request = HttpServerRequest.HttpServerRequest

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

/** A body can be read only once, so later readers of the request get these bytes. */
const keepBody = (request: Request, bytes: Buffer): void => {
  Object.defineProperty(request, "text", { value: Effect.sync(() => bytes.toString()) })
  Object.defineProperty(request, "arrayBuffer", { value: Effect.sync(() => Uint8Array.from(bytes).buffer) })
}

/** Node ends such a body after `content-length` bytes, and the client does not wait for 100 Continue. */
const simpleSource = ({ headers, source }: Request): IncomingMessage | undefined =>
  source instanceof IncomingMessage && source.readable && headers["content-length"] !== undefined &&
    headers["expect"] === undefined
    ? source
    : undefined

/** A run has its place while its body is read, so a slow client must not keep it. */
const bodyTimeout = "5 seconds"

const wholeBody = (request: Request): Effect.Effect<Uint8Array, InvalidRequest | BodyTooLarge> => {
  const source = simpleSource(request)
  if (source === undefined) {
    return Effect.mapBoth(request.arrayBuffer, { onFailure: unreadable, onSuccess: (buffer) => new Uint8Array(buffer) })
  }
  return Effect.tap(bytesOf(source), (bytes) => Effect.sync(() => keepBody(request, bytes)))
}

/** The caller has checked `content-length`. `bytesOf` needs less CPU time than `request.arrayBuffer`. */
export const bodyOf = (request: Request) =>
  wholeBody(request).pipe(
    withDeadline(bodyTimeout),
    Effect.catchTag("TimedOut", () => Effect.fail(new RequestTimedOut()))
  )
