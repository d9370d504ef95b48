import { create } from "content-disposition"
import { Effect, type Stream } from "effect"
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

export const formatIn = <F extends DocumentFormat>(
  accept: string | undefined,
  formats: ReadonlyArray<F>
): F | undefined => {
  if (acceptsJson(accept)) return undefined
  const offered = [json, ...formats.map((format) => contentTypes[format])]
  const preferred = new Negotiator({ headers: { accept } }).mediaType(offered)
  return formats.find((format) => contentTypes[format] === preferred)
}

export const acceptedFormatOf = <F extends DocumentFormat>(formats: ReadonlyArray<F>) =>
  Effect.map(HttpServerRequest.HttpServerRequest, ({ headers }) => formatIn(headers["accept"], formats))

export const acceptedFormat = acceptedFormatOf(DocumentFormat.literals)

/** A stream stays open, so a client must name its type. `text/*` is not enough. */
export const prefersEventsIn = (accept: string | undefined): boolean => {
  if (acceptsJson(accept)) return false
  const negotiator = new Negotiator({ headers: { accept } })
  return negotiator.mediaType([json, eventStream]) === eventStream && negotiator.mediaTypes().includes(eventStream)
}

export const prefersEvents = Effect.map(
  HttpServerRequest.HttpServerRequest,
  ({ headers }) => prefersEventsIn(headers["accept"])
)

const isText = (format: DocumentFormat) => format === "csv" || format === "svg"

const typeOf = (format: DocumentFormat) => `${contentTypes[format]}${isText(format) ? "; charset=utf-8" : ""}`

const disposition = (name: string) => ({ "content-disposition": create(name.replaceAll(/[\p{C}/\\]/gu, " ")) })

/** A file contains text from users, so a browser must never display it inline. */
export const fileResponse = ({ bytes, format, name }: ExportedFile): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.uint8Array(bytes, { contentType: typeOf(format), headers: disposition(name) })

export const fileStream = <E>(
  bytes: Stream.Stream<Uint8Array, E>,
  name: string,
  format: DocumentFormat
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.stream(bytes, { contentType: typeOf(format), headers: disposition(`${name}.${format}`) })

/** The first locale of `Accept-Language` whose language has messages, such as `de-AT`. The default is `en`. */
export const acceptedLocale = Effect.map(
  HttpServerRequest.HttpServerRequest,
  ({ headers }) => {
    const accepted = { headers: { "accept-language": headers["accept-language"] ?? "" } }
    return localeOf(new Negotiator(accepted).languages().filter(isLocale))
  }
)
