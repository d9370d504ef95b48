import { create } from "content-disposition"
import { Effect, Stream } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import Negotiator from "negotiator"
import { contentTypes, DocumentFormat } from "../domain/DocumentFormat.ts"
import { type ExportedFile, isLocale } from "../domain/Export.ts"
import { eventStream } from "../domain/Live.ts"
import { localeOf } from "../languages/Language.ts"

const json = "application/json"

/** These clients get JSON, because JSON is always offered first. Their headers need no parser. */
const acceptsJson = (accept: string | undefined): accept is undefined | "*/*" | typeof json =>
  accept === undefined || accept === "*/*" || accept === json

const offeredWith = (formats: ReadonlyArray<DocumentFormat>) => [json, ...formats.map((format) => contentTypes[format])]

export const formatIn = <F extends DocumentFormat>(
  accept: string | undefined,
  formats: ReadonlyArray<F>
): F | undefined => {
  if (acceptsJson(accept)) return undefined
  const offered = offeredWith(formats)
  const preferred = new Negotiator({ headers: { accept } }).mediaType(offered)
  return formats.find((format) => contentTypes[format] === preferred)
}

export const acceptedFormatOf = <F extends DocumentFormat>(formats: ReadonlyArray<F>) =>
  Effect.map(HttpServerRequest.HttpServerRequest, ({ headers }) => formatIn(headers["accept"], formats))

export const acceptedFormat = acceptedFormatOf(DocumentFormat.literals)

/** A stream stays open, so a client must name its type. `text/*` is not enough. `formatIn` is for all other clients. */
export const prefersEventsIn = (accept: string | undefined, formats: ReadonlyArray<DocumentFormat>): boolean => {
  if (acceptsJson(accept)) return false
  const negotiator = new Negotiator({ headers: { accept } })
  const preferred = negotiator.mediaType([...offeredWith(formats), eventStream])
  return preferred === eventStream && negotiator.mediaTypes().includes(eventStream)
}

/** For endpoints that offer all formats beside events. */
export const prefersEvents = Effect.map(
  HttpServerRequest.HttpServerRequest,
  ({ headers }) => prefersEventsIn(headers["accept"], DocumentFormat.literals)
)

const isText = (format: DocumentFormat) => format === "csv" || format === "svg"

const typeOf = (format: DocumentFormat) => `${contentTypes[format]}${isText(format) ? "; charset=utf-8" : ""}`

const disposition = (name: string) => ({ "content-disposition": create(name.replaceAll(/[\p{C}/\\]/gu, " ")) })

/** A file contains text from users, so a browser must never display it inline. */
export const fileResponse = ({ bytes, format, name }: ExportedFile): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.uint8Array(bytes, { contentType: typeOf(format), headers: disposition(name) })

/** A body is read after its handler has ended, so the stream keeps the context of the handler, such as the caller. */
export const fileStream = <E>(bytes: Stream.Stream<Uint8Array, E>, name: string, format: DocumentFormat) =>
  Effect.map(Effect.context<never>(), (context) =>
    HttpServerResponse.stream(Stream.provideContext(bytes, context), {
      contentType: typeOf(format),
      headers: disposition(`${name}.${format}`)
    }))

/** The first locale of `Accept-Language` whose language has messages, such as `de-AT`. The default is `en`. */
export const acceptedLocale = Effect.map(
  HttpServerRequest.HttpServerRequest,
  ({ headers }) => {
    const accepted = { headers: { "accept-language": headers["accept-language"] ?? "" } }
    return localeOf(new Negotiator(accepted).languages().filter(isLocale))
  }
)
